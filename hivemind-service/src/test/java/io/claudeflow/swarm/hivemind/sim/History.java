package io.claudeflow.swarm.hivemind.sim;

import java.util.Arrays;

/** One seed: a swarm that works in trouble, then without. */
final class History {
    /** So much is done to a swarm, besides what it and its callers do by themselves. */
    static final int OPERATIONS = 300;
    private static final int AGENTS = 5;
    private static final int PAUSE = 400;
    private static final int BEGIN = 2_000;

    private final Swarm swarm;

    History(long seed, Planted planted) {
        swarm = new Swarm(seed, planted, AGENTS);
    }

    /**
     * Runs it through.
     *
     * @throws Violation when something was not as it must be
     */
    Tally run() {
        swarm.time.run(BEGIN);
        for (int n = 0; n < OPERATIONS; n++) {
            swarm.tally.count(Operation.any(swarm));
            swarm.time.run(swarm.time.below(PAUSE));
        }
        new Settlement(swarm).check();
        return swarm.tally;
    }

    /** Two runs of one seed have the same. */
    String fingerprint() {
        return swarm.time.events() + " events, state " + Arrays.hashCode(Replica.bytes(swarm.replica(0).image())) + ", "
                + swarm.tally;
    }
}
