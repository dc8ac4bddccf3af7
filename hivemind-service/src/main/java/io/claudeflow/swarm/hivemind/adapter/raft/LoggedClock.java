package io.claudeflow.swarm.hivemind.adapter.raft;

import java.util.function.LongSupplier;

/**
 * Logged time on the leader: the last entry's, plus what has passed since on the monotonic clock. Wall time rides along for
 * people. The first leader of all begins with the wall clock, so that logged times look like times.
 */
final class LoggedClock {
    private final LongSupplier nanos;
    private final LongSupplier wallMillis;
    private long base;
    private long since;

    LoggedClock(LongSupplier nanos, LongSupplier wallMillis) {
        this.nanos = nanos;
        this.wallMillis = wallMillis;
        base = wallMillis.getAsLong();
        since = nanos.getAsLong();
    }

    /** Begins anew from the logged milliseconds of the last entry; 0: there was none. */
    void lead(long lastLogged) {
        base = lastLogged == 0 ? wallMillis.getAsLong() : lastLogged;
        since = nanos.getAsLong();
    }

    long now() {
        return base + (nanos.getAsLong() - since) / 1_000_000;
    }

    long wallMillis() {
        return wallMillis.getAsLong();
    }
}
