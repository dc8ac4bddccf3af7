package io.claudeflow.swarm.hivemind.sim;

import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Virtual time and the one source of chance: everything that happens is an event of this queue. */
final class Timeline {
    /** A history that needs more than this spins. */
    private static final long MAX_EVENTS = 20_000_000;

    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now = 1_000;
    private long order;

    private record Event(long at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    Timeline(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Milliseconds. */
    long now() {
        return now;
    }

    void after(long millis, Runnable action) {
        events.add(new Event(now + Math.max(0, millis), order++, action));
        if (order > MAX_EVENTS) {
            throw new Violation("something spins: " + order + " events by " + now + " ms");
        }
    }

    /** Lets that much time pass. */
    void run(long millis) {
        long end = now + millis;
        for (var next = events.peek(); next != null && next.at() <= end; next = events.peek()) {
            events.remove();
            now = next.at();
            next.action().run();
        }
        now = end;
    }

    /** How many events there were: two runs of one history have equally many. */
    long events() {
        return order;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From low, including it, to high, excluding it. */
    int between(int low, int high) {
        return random.nextInt(low, high);
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    long draw() {
        return random.nextLong();
    }
}
