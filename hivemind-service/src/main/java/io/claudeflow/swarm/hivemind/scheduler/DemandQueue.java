package io.claudeflow.swarm.hivemind.scheduler;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Steps that ask the same, by submitter, and the free agents that may do them, both best first. */
final class DemandQueue {
    final Demand demand;
    final Map<String, Lane> lanes = new HashMap<>();
    final TreeSet<Lane> turns = new TreeSet<>(Lane.ORDER);
    final TreeSet<Worker> free;

    DemandQueue(Demand demand) {
        this.demand = demand;
        // Preferred words, least load, the agent's priority; then whoever has rested longest, so that equals share the work.
        this.free = new TreeSet<>(Comparator
                .comparingInt((Worker worker) -> demand.fitness(worker.agent.declaration()))
                .reversed()
                .thenComparing(Worker::byLoad)
                .thenComparing(worker -> -worker.agent.declaration().priority())
                .thenComparingLong(worker -> worker.lastUsed)
                .thenComparingLong(worker -> worker.agent.index()));
    }

    /** Whether nobody waits. */
    boolean idle() {
        return lanes.isEmpty();
    }

    /** Whether something here can be placed now. */
    boolean ready() {
        return !turns.isEmpty() && !free.isEmpty();
    }
}
