package io.claudeflow.swarm.hivemind.scheduler;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A connected agent with what it is busy with. What orders it in its crews changes only while it is in no order. */
final class Worker {
    /** Rank; least load, the agent's priority; then whoever has rested longest, so that equals share the work. */
    static final Comparator<Worker> ORDER = Comparator.comparingLong((Worker worker) -> worker.place.rank())
            .thenComparing(worker -> worker, Worker::byLoad)
            .thenComparing(worker -> -worker.agent.declaration().priority())
            .thenComparingLong(worker -> worker.lastUsed)
            .thenComparingLong(worker -> worker.agent.index());

    final Agent agent;
    final Assignment assignment;
    final Place place;
    final List<Membership> crews = new ArrayList<>();
    int used;
    long lastUsed;

    /** The crew that it belongs to where steps ask for a name that it answers to. */
    record Membership(String name, Crew crew) {}

    Worker(Agent agent, Assignment assignment, Place place, int used) {
        this.agent = agent;
        this.assignment = assignment;
        this.place = place;
        this.used = used;
    }

    boolean free() {
        return used < agent.declaration().maxConcurrentTasks();
    }

    /** Compares by load, least first; without division. */
    private static int byLoad(Worker a, Worker b) {
        return Long.compare((long) a.used * b.agent.declaration().maxConcurrentTasks(),
                (long) b.used * a.agent.declaration().maxConcurrentTasks());
    }
}
