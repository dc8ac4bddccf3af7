package io.claudeflow.swarm.kit.metrics;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How late an event loop is: a timer measures by how much it comes too late. Served is the worst of the last ten to twenty
 * seconds, so that a scrape does not miss what happened between two.
 */
public final class EventLoopLag implements AutoCloseable {
    static final Family FAMILY = Family.gauge("swarm_event_loop_lag_seconds", "seconds",
            "The longest time that a timer on the event loop came late, of the last 10 to 20 s.");

    private static final long PERIOD_MS = 500;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Vertx vertx;
    private final long timer;
    private final AtomicLong current = new AtomicLong();
    private final AtomicLong previous = new AtomicLong();
    private long windowStart = System.nanoTime();
    private long expected = windowStart + TimeUnit.MILLISECONDS.toNanos(PERIOD_MS);

    private EventLoopLag(Vertx vertx) {
        this.vertx = vertx;
        this.timer = vertx.setPeriodic(PERIOD_MS, _ -> tick());
    }

    /** Measures the event loop of the calling context until closed. */
    public static EventLoopLag measure(Vertx vertx, Metrics metrics) {
        var lag = new EventLoopLag(vertx);
        metrics.read(FAMILY, () -> Map.of(List.of(), lag.seconds()));
        return lag;
    }

    private void tick() {
        long now = System.nanoTime();
        current.accumulateAndGet(Math.max(0, now - expected), Math::max);
        expected = now + TimeUnit.MILLISECONDS.toNanos(PERIOD_MS);
        if (now - windowStart > WINDOW_NANOS) {
            windowStart = now;
            previous.set(current.getAndSet(0));
        }
    }

    double seconds() {
        return Math.max(current.get(), previous.get()) / 1e9;
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
