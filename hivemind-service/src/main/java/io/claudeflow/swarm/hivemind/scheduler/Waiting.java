package io.claudeflow.swarm.hivemind.scheduler;

import io.claudeflow.swarm.mesh.hivemind.StepKey;
import java.util.Comparator;

/**
 * A step that waits.
 *
 * @param priority 0 to 100
 * @param since    logged milliseconds of its task's submission
 * @param order    sequence number of that submission
 */
record Waiting(int priority, long since, long order, StepKey step) {
    /** So long a wait is worth one point of priority: after ten minutes the least urgent goes before the most urgent new one. */
    static final long AGEING_MILLIS = 6_000;

    /** The most urgent first: priority with ageing, then age. What it compares never changes, so time need not re-sort. */
    static final Comparator<Waiting> ORDER = Comparator.comparingLong(Waiting::due)
            .thenComparingLong(Waiting::order)
            .thenComparing(waiting -> waiting.step().taskUid())
            .thenComparing(waiting -> waiting.step().path());

    private long due() {
        return since - priority * AGEING_MILLIS;
    }
}
