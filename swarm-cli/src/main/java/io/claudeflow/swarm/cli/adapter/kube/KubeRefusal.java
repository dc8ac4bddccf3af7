package io.claudeflow.swarm.cli.adapter.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An API server's refusal, kept in its own words.
 *
 * @param reason  Kubernetes' stable word, for example Invalid or NotFound; empty when it gave none
 * @param message Kubernetes' sentence
 * @param causes  what is wrong, field by field; empty when it is not about fields
 */
public record KubeRefusal(int status, String reason, String message, List<FieldCause> causes) {
    /** The server's object changed meanwhile, or is there already. */
    public static final ErrorCode CONFLICT = new ErrorCode("Conflict", ErrorCode.Blame.USER);

    private static final Pattern UNKNOWN_FIELD = Pattern
            .compile("unknown field \"([^\"]+)\"|\\.([^\\s:]+): field not declared in schema");
    private static final int SHORT = 300;

    public KubeRefusal {
        causes = List.copyOf(causes);
    }

    /** The failure that carries the refusal of an answer with that status and body. */
    static SwarmException of(int status, String body) {
        return read(status, body).failure();
    }

    /** The refusal behind a failure, if one is. */
    public static java.util.Optional<KubeRefusal> behind(SwarmException failure) {
        return failure.getCause() instanceof Carrier carrier
                ? java.util.Optional.of(carrier.refusal())
                : java.util.Optional.empty();
    }

    static KubeRefusal read(int status, String body) {
        JsonNode json;
        try {
            json = KubeApi.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            json = MissingNode.getInstance();
        }
        var message = json.path("message").asText("");
        if (message.isEmpty()) {
            var text = body.strip();
            message = "the API server answered " + status + (text.isEmpty()
                    ? ""
                    : ": "
                            + text.substring(0, Math.min(SHORT, text.length())));
        }
        var causes = new ArrayList<FieldCause>();
        for (var cause : json.path("details").path("causes")) {
            if (!cause.path("field").asText("<nil>").equals("<nil>")) {
                causes.add(new FieldCause(cause.path("field").asText(), cause.path("message").asText()));
            }
        }
        if (causes.isEmpty()) {
            var unknown = UNKNOWN_FIELD.matcher(message);
            while (unknown.find()) {
                var field = unknown.group(1) == null ? unknown.group(2) : unknown.group(1);
                causes.add(new FieldCause(field, FieldCause.UNKNOWN));
            }
        }
        return new KubeRefusal(status, json.path("reason").asText(""), message, causes);
    }

    private SwarmException failure() {
        boolean schema = message.contains("field not declared in schema") || message.contains("failed to create typed");
        var code = schema ? ErrorCode.INVALID : switch (status) {
            case 400, 405, 413, 415, 422 -> ErrorCode.INVALID;
            case 401, 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 409 -> CONFLICT;
            case 429 -> ErrorCode.EXHAUSTED;
            case 503, 502 -> ErrorCode.UNAVAILABLE;
            case 504 -> ErrorCode.INDETERMINATE;
            default -> ErrorCode.INTERNAL;
        };
        return new SwarmException(code, message, new Carrier(this));
    }

    /**
     * One thing that is wrong.
     *
     * @param field   its path, as Kubernetes writes it: {@code spec.models[0].type}
     * @param message which value, and what is allowed
     */
    public record FieldCause(String field, String message) {
        static final String UNKNOWN = "there is no such field";
    }

    private static final class Carrier extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient KubeRefusal refusal;

        Carrier(KubeRefusal refusal) {
            super(refusal.message(), null, false, false);
            this.refusal = refusal;
        }

        KubeRefusal refusal() {
            return refusal;
        }
    }
}
