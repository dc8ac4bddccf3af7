package io.claudeflow.swarm.hivemind.adapter.grpc;

/**
 * How fast one peer may speak, a token bucket: a second's worth may come at once, and what is more is owed. Not thread-safe.
 */
final class Pace {
    private final long perSecond;
    private long stock;
    private long time;

    /** @param now monotonic milliseconds */
    Pace(long perSecond, long now) {
        this.perSecond = perSecond;
        this.stock = perSecond;
        this.time = now;
    }

    /** Takes so much, whether it is there or not; the milliseconds until nothing is owed any more, 0: nothing is. */
    long take(long amount, long now) {
        long passed = Math.clamp(now - time, 0, 1_000);
        stock = Math.min(perSecond, stock + perSecond * passed / 1_000) - amount;
        time = now;
        return stock >= 0 ? 0 : Math.ceilDiv(-stock * 1_000, perSecond);
    }
}
