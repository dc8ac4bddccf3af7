package io.claudeflow.swarm.mesh.hivemind;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long things may take, in the ledger's logged time, which stands still while nobody leads.
 *
 * @param run       one attempt; null: no limit
 * @param queue     waiting for an agent; null: no limit
 * @param start     from assignment to the agent's acceptance
 * @param heartbeat a running script's silence: no output, progress or checkpoint for so long ends the attempt; null: no limit
 * @param deadline  from submission to the end, all attempts and waits together; null: no limit
 * @param grace     between the signal to end and the kill
 */
public record Timeouts(@Nullable Duration run, @Nullable Duration queue, Duration start, @Nullable Duration heartbeat,
        @Nullable Duration deadline, Duration grace) {
    /** No limit but for the start: 60 s; grace 30 s. */
    public static final Timeouts DEFAULT = new Timeouts(null, null, Duration.ofSeconds(60), null, null,
            Duration.ofSeconds(30));
}
