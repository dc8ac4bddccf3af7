package io.claudeflow.swarm.operator.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate does next. Whether a holder is still alive is judged by how long its record has not changed here, by this
 * machine's clock: wall clocks of other machines decide nothing (as in client-go's leader election).
 */
final class Election {
    private final String identity;
    private @Nullable String seen;
    private long seenAt;

    Election(String identity) {
        this.identity = identity;
    }

    /** What to do. */
    enum Step {
        /** Write oneself as the holder: it is free, mine, or its holder is silent. */
        TAKE,
        /** Somebody else holds it. */
        WAIT
    }

    /**
     * Decides.
     *
     * @param holder   who holds the Lease; null or empty: nobody
     * @param record   changes with every renewal, for example the resource version
     * @param duration how long a holder may be silent
     * @param nanoTime now
     */
    Step next(@Nullable String holder, String record, Duration duration, long nanoTime) {
        if (!record.equals(seen)) {
            seen = record;
            seenAt = nanoTime;
        }
        boolean free = holder == null || holder.isEmpty() || holder.equals(identity);
        return free || nanoTime - seenAt > duration.toNanos() ? Step.TAKE : Step.WAIT;
    }
}
