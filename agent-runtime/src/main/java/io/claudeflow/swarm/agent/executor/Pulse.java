package io.claudeflow.swarm.agent.executor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** When a script last showed a sign of life: a line, progress, a checkpoint or a submission. Any thread. */
public final class Pulse {
    private final @Nullable Duration limit;
    private final LongSupplier clock;
    private final AtomicLong last;
    private final AtomicInteger waiting = new AtomicInteger();

    Pulse(@Nullable Duration limit, LongSupplier clock) {
        this.limit = limit;
        this.clock = clock;
        this.last = new AtomicLong(clock.getAsLong());
    }

    /**
     * A pulse from now on.
     *
     * @param limit the longest silence; null: it may be silent for ever
     */
    public static Pulse of(@Nullable Duration limit) {
        return new Pulse(limit, System::nanoTime);
    }

    public void beat() {
        last.set(clock.getAsLong());
    }

    /** The script waits for an answer of the agent's: until {@link #answered} its silence is not its own. */
    public void asked() {
        waiting.incrementAndGet();
    }

    public void answered() {
        beat();
        waiting.decrementAndGet();
    }

    public @Nullable Duration limit() {
        return limit;
    }

    /** How long the script may still be silent; null: for ever; zero: it has been silent for too long. */
    public @Nullable Duration left() {
        if (limit == null || waiting.get() > 0) {
            return limit;
        }
        var left = limit.minusNanos(clock.getAsLong() - last.get());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
