package io.claudeflow.swarm.hivemind.ledger;

import java.util.Comparator;

/** When something is due for a step, or for a task as a whole. */
record Deadline(long time, String taskUid, String path) {
    /** No step's path begins so. */
    static final String WHOLE = "/";

    static final Comparator<Deadline> ORDER = Comparator.comparingLong(Deadline::time)
            .thenComparing(Deadline::taskUid)
            .thenComparing(Deadline::path);
}
