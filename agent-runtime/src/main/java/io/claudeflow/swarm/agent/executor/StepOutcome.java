package io.claudeflow.swarm.agent.executor;

import java.time.Duration;

/**
 * How a step ended.
 *
 * @param exitCode  of the main process, 128 + n when signal n ended it; -1 when there was none
 * @param value     the result, at most 64 KiB of UTF-8
 * @param truncated only head and tail of the result are in {@code value}
 * @param message   a sentence for a person; empty after success
 */
public record StepOutcome(End end, int exitCode, String value, boolean truncated, Duration duration, String message) {
    /** The ways to end. */
    public enum End {
        SUCCEEDED, FAILED, TIMED_OUT, CANCELLED,
        /** Nothing of the step ran. */
        NOT_STARTED
    }

    public static StepOutcome notStarted(String message) {
        return new StepOutcome(End.NOT_STARTED, -1, "", false, Duration.ZERO, message);
    }
}
