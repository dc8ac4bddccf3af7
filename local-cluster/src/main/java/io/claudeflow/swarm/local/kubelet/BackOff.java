package io.claudeflow.swarm.local.kubelet;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a container that ended may start again: at once the first time, then after 1 s, doubling to 60 s; from the beginning when
 * it ran for ten minutes. (Kubernetes begins with 10 s.) Not thread-safe.
 */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(60);
    private static final Duration STABLE = Duration.ofMinutes(10);

    private @Nullable Duration next;

    /** How long to wait after an instance that ran from {@code started} to {@code finished}. */
    Duration after(Instant started, Instant finished) {
        if (Duration.between(started, finished).compareTo(STABLE) > 0) {
            next = null;
        }
        var wait = next == null ? Duration.ZERO : next;
        next = next == null ? FIRST : next.multipliedBy(2).compareTo(LAST) > 0 ? LAST : next.multipliedBy(2);
        return wait;
    }
}
