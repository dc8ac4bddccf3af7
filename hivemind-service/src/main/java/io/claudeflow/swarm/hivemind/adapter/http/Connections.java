package io.claudeflow.swarm.hivemind.adapter.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Connections of the gateway's port. One that says nothing, or whose last request of HTTP/1.1 was long ago, is closed; one of HTTP/2
 * may carry streams of agents, which are silent for as long as they like. One context.
 */
final class Connections {
    private final Vertx vertx;
    private final int most;
    private final Duration idle;
    private final Map<HttpConnection, Use> open = new HashMap<>();
    private int http1;

    private static final class Use {
        long timer;
        boolean http1;
        int requests;
    }

    /** @param most of HTTP/1.1 at a time */
    Connections(Vertx vertx, int most, Duration idle) {
        this.vertx = vertx;
        this.most = most;
        this.idle = idle;
    }

    void opened(HttpConnection connection) {
        var use = new Use();
        use.timer = expire(connection);
        open.put(connection, use);
        connection.closeHandler(_ -> closed(connection));
    }

    private long expire(HttpConnection connection) {
        return vertx.setTimer(idle.toMillis(), _ -> connection.close().onComplete(_ -> closed(connection)));
    }

    private void closed(HttpConnection connection) {
        var use = open.remove(connection);
        if (use != null) {
            vertx.cancelTimer(use.timer);
            http1 -= use.http1 ? 1 : 0;
        }
    }

    /** A request has come; false: its connection is one too many. */
    boolean begun(HttpServerRequest request) {
        var use = open.get(request.connection());
        if (use == null) {
            return true;
        }
        vertx.cancelTimer(use.timer);
        use.requests++;
        if (!use.http1 && request.version() != HttpVersion.HTTP_2) {
            use.http1 = true;
            http1++;
        }
        return !use.http1 || http1 <= most;
    }

    /** A request was answered. */
    void ended(HttpServerRequest request) {
        var use = open.get(request.connection());
        if (use != null && --use.requests == 0 && use.http1) {
            use.timer = expire(request.connection());
        }
    }
}
