package io.claudeflow.swarm.kit.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.claudeflow.swarm.kit.app.Health;
import io.claudeflow.swarm.kit.bus.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes whole answers. */
final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private Answer() {}

    /** An error as RFC 9457 has it, with the code as an extension member. */
    private record Problem(String type, String title, int status, String detail, String code) {}

    static void health(HttpServerRequest request, Health health, boolean good) {
        json(request, good ? 200 : 503, "application/json", health);
    }

    static void problem(HttpServerRequest request, int status, String code, String detail) {
        json(request, status, "application/problem+json", new Problem("about:blank", code, status, detail, code));
    }

    static void text(HttpServerRequest request, String type, String text) {
        send(request, 200, type, Buffer.buffer(text));
    }

    private static void json(HttpServerRequest request, int status, String type, Object body) {
        try {
            send(request, status, type, Buffer.buffer(Json.MAPPER.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for " + body.getClass().getSimpleName(), e);
        }
    }

    private static void send(HttpServerRequest request, int status, String type, Buffer body) {
        var response = request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store");
        var sent = request.method() == HttpMethod.HEAD
                ? response.putHeader("Content-Length", String.valueOf(body.length())).end()
                : response.end(body);
        sent.onFailure(
                cause -> LOG.atDebug().addKeyValue("path", request.path()).setCause(cause).log("answer not sent"));
    }
}
