package io.claudeflow.swarm.hivemind.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.claudeflow.swarm.kit.bus.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole answer. */
record Reply(int status, Map<String, String> headers, Buffer body) {
    static final String CONTENT_TYPE = "Content-Type";
    static final String RETRY_AFTER = "Retry-After";

    private static final Logger LOG = LoggerFactory.getLogger(Reply.class);
    private static final String SECOND = "1";

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, Object body) {
        return of(status, "application/json", buffer(body));
    }

    static Reply of(int status, String type, Buffer body) {
        return new Reply(status, Map.of(CONTENT_TYPE, type), body);
    }

    static Reply problem(Problem problem) {
        var reply = of(problem.status(), Problem.MEDIA_TYPE, buffer(problem));
        if (problem.status() == 401) {
            return reply.with("WWW-Authenticate", "Bearer");
        }
        return problem.passes() ? reply.with(RETRY_AFTER, SECOND) : reply;
    }

    Reply with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    void send(HttpServerRequest request) {
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader("Cache-Control", "no-store");
        headers.forEach(response::putHeader);
        response.end(body)
                .onFailure(cause -> LOG.atDebug()
                        .addKeyValue("path", request.path())
                        .setCause(cause)
                        .log("answer not sent"));
    }

    private static Buffer buffer(Object body) {
        try {
            return Buffer.buffer(Json.MAPPER.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for " + body.getClass().getSimpleName(), e);
        }
    }
}
