package io.claudeflow.swarm.agent.adapter.http;

import io.claudeflow.swarm.agent.door.StepFacts;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer in both of its forms.
 *
 * @param type of {@code body}
 * @param text for those who accept text/plain
 */
record Reply(int status, String type, Buffer body, Buffer text) {
    private static final Logger LOG = LoggerFactory.getLogger(Reply.class);
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";

    static Reply nothing() {
        return new Reply(204, "", Buffer.buffer(), Buffer.buffer());
    }

    static Reply value(String name, Object value) {
        return new Reply(200, JSON, new JsonObject().put(name, value).toBuffer(), Buffer.buffer(value + "\n"));
    }

    static Reply bytes(byte[] bytes) {
        return new Reply(200, "application/octet-stream", Buffer.buffer(bytes), Buffer.buffer(bytes));
    }

    static Reply facts(StepFacts facts) {
        var object = new JsonObject().put("task", facts.task())
                .put("namespace", facts.namespace())
                .put("uid", facts.uid())
                .put("attempt", facts.attempt())
                .put("percent", facts.percent())
                .put("resumes", facts.resumes())
                .put("checkpointNumber", facts.checkpointNumber());
        var lines = object.stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        return new Reply(200, JSON, object.toBuffer(), Buffer.buffer(lines));
    }

    /** What is no SwarmException is a defect. */
    static Reply problem(Throwable cause) {
        if (!(cause instanceof SwarmException)) {
            LOG.atError().setCause(cause).log("a request of a script met a defect");
        }
        var code = cause instanceof SwarmException known ? known.code() : ErrorCode.INTERNAL;
        var sentence = cause instanceof SwarmException known ? known.getMessage() : "a defect of the agent: " + cause;
        int status = status(code);
        var problem = new JsonObject().put("type", "about:blank")
                .put("title", code.name())
                .put("status", status)
                .put("detail", sentence)
                .put("code", code.name());
        return new Reply(status, "application/problem+json", problem.toBuffer(), Buffer.buffer(sentence + "\n"));
    }

    private static int status(ErrorCode code) {
        return switch (code.name()) {
            case "Invalid" -> 400;
            case "Unauthenticated" -> 401;
            case "Forbidden" -> 403;
            case "NotFound" -> 404;
            case "MethodNotAllowed" -> 405;
            case "Fenced" -> 409;
            case "TooLarge" -> 413;
            case "Unavailable" -> 503;
            case "Indeterminate" -> 504;
            case "Exhausted" -> 507;
            default -> code.blame() == ErrorCode.Blame.USER ? 422 : 500;
        };
    }

    void send(HttpServerRequest request) {
        var accept = request.getHeader("Accept");
        boolean plain = accept != null && accept.contains(TEXT) && !type.equals("application/octet-stream");
        var response = request.response().setStatusCode(status).putHeader("Cache-Control", "no-store");
        if (status != 204) {
            response.putHeader("Content-Type", plain ? TEXT + "; charset=utf-8" : type);
        }
        (status == 204 ? response.end() : response.end(plain ? text : body)).onFailure(
                cause -> LOG.atDebug().addKeyValue("path", request.path()).setCause(cause).log("answer not sent"));
    }
}
