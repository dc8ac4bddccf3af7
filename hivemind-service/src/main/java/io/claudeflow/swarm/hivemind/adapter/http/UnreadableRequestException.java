package io.claudeflow.swarm.hivemind.adapter.http;

import io.claudeflow.swarm.hivemind.adapter.http.Problem.FieldError;
import java.util.List;

/** A body or a query that is not what the API takes. */
final class UnreadableRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    UnreadableRequestException(List<FieldError> errors) {
        super(errors.toString());
        this.errors = List.copyOf(errors);
    }

    UnreadableRequestException(String field, String detail) {
        this(List.of(new FieldError(field, detail)));
    }

    /** At least one. */
    List<FieldError> errors() {
        return errors;
    }
}
