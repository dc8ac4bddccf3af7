package io.claudeflow.swarm.hivemind.codec;

import org.jspecify.annotations.Nullable;

/** Bytes of the log or of a snapshot that cannot be read. The replica that holds them cannot go on. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
