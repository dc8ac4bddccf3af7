package io.claudeflow.swarm.agent.session;

import java.util.concurrent.atomic.LongAdder;

/** What a session has counted since its start. Counted on its context, read on any thread. */
public final class SessionCounts {
    private final LongAdder checkpoints = new LongAdder();
    private final LongAdder failedCheckpoints = new LongAdder();
    private final LongAdder submissions = new LongAdder();

    void checkpoint() {
        checkpoints.increment();
    }

    void failedCheckpoint() {
        failedCheckpoints.increment();
    }

    void submission() {
        submissions.increment();
    }

    /** Checkpoints that the ledger has acknowledged. */
    public long checkpoints() {
        return checkpoints.sum();
    }

    /** Checkpoints that were not taken, because their files could not be copied. */
    public long failedCheckpoints() {
        return failedCheckpoints.sum();
    }

    /** Tasks that scripts have handed to the swarm and that the ledger has taken. */
    public long submissions() {
        return submissions.sum();
    }
}
