package io.claudeflow.swarm.operator.mesh;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * When a status may be written. What is urgent always may. What is not waits until it has stood for a moment, so that what
 * passes quickly costs no write; then it may once an interval for each resource, and only from a budget for all of them together.
 * Any thread.
 */
public final class WritePacing {
    private static final double PER_SECOND = 50;
    private static final double BURST = 100;

    private final Duration settling;
    private final Duration interval;
    private final LongSupplier nanoTime;
    private final Map<String, Long> writtenAt = new ConcurrentHashMap<>();
    private final Map<String, Long> waitingSince = new ConcurrentHashMap<>();
    private double tokens = BURST;
    private long filledAt;

    /**
     * A pacing.
     *
     * @param settling how long what is not urgent waits for something newer
     * @param interval between two writes of one resource that are not urgent
     */
    public WritePacing(Duration settling, Duration interval, LongSupplier nanoTime) {
        this.settling = settling;
        this.interval = interval;
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
    }

    /** How long to wait before a write; zero: write now, and it is counted as written. */
    public Duration next(String uid, boolean urgent) {
        long now = nanoTime.getAsLong();
        var last = writtenAt.get(uid);
        if (!urgent) {
            long waited = now - waitingSince.computeIfAbsent(uid, _ -> now);
            long left = Math.max(settling.toNanos() - waited, last == null ? 0 : interval.toNanos() - (now - last));
            if (left > 0) {
                return Duration.ofNanos(left);
            }
            if (!take(now)) {
                return interval;
            }
        }
        waitingSince.remove(uid);
        writtenAt.put(uid, now);
        return Duration.ZERO;
    }

    /** The resource has ended. */
    public void forget(String uid) {
        writtenAt.remove(uid);
        waitingSince.remove(uid);
    }

    private synchronized boolean take(long now) {
        tokens = Math.min(BURST, tokens + (now - filledAt) * PER_SECOND / 1e9);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
