package io.claudeflow.swarm.kit.error;

import org.jspecify.annotations.Nullable;

/** The one failure type of the mesh: a code that is stable, and a sentence that says what failed and what to do. */
public final class SwarmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public SwarmException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public SwarmException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The sentence; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    @Override
    public String toString() {
        return code.name() + ": " + getMessage();
    }
}
