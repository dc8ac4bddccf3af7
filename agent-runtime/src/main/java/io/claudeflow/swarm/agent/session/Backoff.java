package io.claudeflow.swarm.agent.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Delays that double from a first to a last one. Pure; one thread. */
final class Backoff {
    private final Duration first;
    private final Duration last;
    private Duration next;

    Backoff(Duration first, Duration last) {
        this.first = first;
        this.last = last;
        this.next = first;
    }

    /** The next delay. */
    Duration next() {
        var delay = next;
        next = next.multipliedBy(2).compareTo(last) < 0 ? next.multipliedBy(2) : last;
        return delay;
    }

    /** The next delay, between half of it and all of it, so that many agents do not come at once. */
    Duration nextJittered(RandomGenerator random) {
        long millis = next().toMillis();
        return Duration.ofMillis(random.nextLong(millis / 2, millis + 1));
    }

    void reset() {
        next = first;
    }
}
