package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended.
 *
 * @param phase      COMPLETED, FAILED or CANCELLED
 * @param result     what the step said, null when it said nothing
 * @param truncated  whether the result keeps head and tail only
 * @param reason     a stable word unless COMPLETED
 * @param message    a sentence
 * @param finishedAt as shown to people
 * @param time       logged milliseconds
 */
public record Outcome(TaskPhase phase, @Nullable String result, boolean truncated, @Nullable String reason,
        @Nullable String message, Instant finishedAt, long time) {}
