package io.claudeflow.swarm.hivemind.ledger;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finished tasks of clients in the order of their ends: a client may come back for a result, but nobody has to say that it has
 * come, so the oldest leave when they are too old, too many or too large together.
 */
final class Finished {
    /** How many are kept, and how long (logged milliseconds). */
    static final int MAX_TASKS = 10_000;
    static final long MAX_AGE_MILLIS = 3_600_000;
    /** How much text and data all of them hold together: scripts, items, results, checkpoints. */
    static final long MAX_SIZE = 64L << 20;

    private final TreeMap<Long, Task> tasks = new TreeMap<>();
    private long size;

    /** A task that has ended; it changes no more until it leaves. */
    void add(Task task) {
        tasks.put(task.seq(), task);
        size += task.size();
    }

    void remove(Task task) {
        if (tasks.remove(task.seq()) != null) {
            size -= task.size();
        }
    }

    /** The oldest one when it has to leave, or null. */
    @Nullable
    Task due(long time) {
        var first = tasks.isEmpty() ? null : tasks.firstEntry().getValue();
        var outcome = first == null ? null : first.outcome();
        boolean kept = outcome == null
                || tasks.size() <= MAX_TASKS && size <= MAX_SIZE && outcome.time() >= time - MAX_AGE_MILLIS;
        return kept ? null : first;
    }
}
