package io.claudeflow.swarm.local.api.http;

import io.claudeflow.swarm.local.api.auth.User;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A request whose body has arrived and whose sender is known.
 *
 * @param path  without the query
 * @param query the first value of each parameter
 */
record Request(String method, String path, Map<String, String> query, String contentType, String accept,
        String userAgent, byte[] body, User user) {
    static Request of(HttpServerRequest http, byte[] body, User user) {
        var query = new HashMap<String, String>();
        http.params().forEach(e -> query.putIfAbsent(e.getKey(), e.getValue()));
        return new Request(http.method().name(), path(http), query, header(http, "Content-Type"),
                header(http, "Accept"), header(http, "User-Agent"), body, user);
    }

    static String path(HttpServerRequest http) {
        return Objects.requireNonNullElse(http.path(), "/");
    }

    static String header(HttpServerRequest http, String name) {
        return Objects.requireNonNullElse(http.getHeader(name), "");
    }
}
