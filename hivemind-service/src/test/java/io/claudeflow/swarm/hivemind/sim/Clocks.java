package io.claudeflow.swarm.hivemind.sim;

/** One machine's clocks: none of them agrees with another machine's. */
final class Clocks {
    /** The true time of day at the beginning, in milliseconds. */
    static final long DAY = 1_800_000_000_000L;

    private final Timeline time;
    private long monotonic;
    private long wall;

    Clocks(Timeline time) {
        this.time = time;
        monotonic = time.below(1_000_000);
    }

    long millis() {
        return time.now() + monotonic;
    }

    long nanos() {
        return millis() * 1_000_000;
    }

    long wallMillis() {
        return DAY + time.now() + wall;
    }

    /** The machine was suspended, in effect: the monotonic clock goes forward, never back. */
    void jump(long millis) {
        monotonic += millis;
    }

    /** How far the wall clock is off, either way. */
    void wall(long off) {
        wall = off;
    }
}
