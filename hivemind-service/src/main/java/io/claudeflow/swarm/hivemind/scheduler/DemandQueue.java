package io.claudeflow.swarm.hivemind.scheduler;

import io.claudeflow.swarm.mesh.hivemind.StepKey;
import java.util.Comparator;
import java.util.TreeSet;

/** Steps that ask the same, and the free agents that may do them, both best first. */
final class DemandQueue {
    final Demand demand;
    final TreeSet<Waiting> waiting = new TreeSet<>(Waiting.ORDER);
    final TreeSet<Worker> free;

    /** A step that waits: priority, then age. */
    record Waiting(int priority, long order, StepKey step) {
        static final Comparator<Waiting> ORDER = Comparator.comparingInt(Waiting::priority)
                .reversed()
                .thenComparingLong(Waiting::order)
                .thenComparing(waiting -> waiting.step().taskUid())
                .thenComparing(waiting -> waiting.step().path());
    }

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

    /** Whether something here can be placed now. */
    boolean ready() {
        return !waiting.isEmpty() && !free.isEmpty();
    }
}
