package io.claudeflow.swarm.hivemind.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * How the tasks ended that have ended since the swarm began, those that left the ledger included.
 *
 * @param runs      by run time, from the beginning of the first attempt to the end: one number for each of {@link #BOUNDS}, and
 *                  one for what took longer
 * @param runMillis all run times together
 */
public record Totals(long completed, long failed, long cancelled, List<Long> runs, long runMillis) {
    /** Upper bounds in seconds. Written down with the log: they are never changed, only added to behind. */
    public static final List<Double> BOUNDS = List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
            1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0);

    public static final Totals NONE = new Totals(0, 0, 0, Collections.nCopies(BOUNDS.size() + 1, 0L), 0);

    public Totals {
        runs = List.copyOf(runs);
    }

    /** How many tasks of these ran at all. */
    public long ran() {
        return runs.stream().mapToLong(Long::longValue).sum();
    }

    /** One more that has ended. */
    Totals ended(Task task) {
        var outcome = Objects.requireNonNull(task.outcome());
        var started = task.startedAt();
        var counted = runs;
        long millis = 0;
        if (started != null) {
            millis = Math.max(0, Duration.between(started, outcome.finishedAt()).toMillis());
            counted = new ArrayList<>(runs);
            int bucket = bucket(millis / 1_000.0);
            counted.set(bucket, runs.get(bucket) + 1);
        }
        return switch (outcome.phase()) {
            case COMPLETED -> new Totals(completed + 1, failed, cancelled, counted, runMillis + millis);
            case FAILED -> new Totals(completed, failed + 1, cancelled, counted, runMillis + millis);
            case CANCELLED -> new Totals(completed, failed, cancelled + 1, counted, runMillis + millis);
            case PENDING, RUNNING, SUSPENDED -> throw new IllegalArgumentException(outcome.phase() + " is no end");
        };
    }

    private static int bucket(double seconds) {
        int bucket = 0;
        while (bucket < BOUNDS.size() && seconds > BOUNDS.get(bucket)) {
            bucket++;
        }
        return bucket;
    }
}
