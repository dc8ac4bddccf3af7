package io.claudeflow.swarm.hivemind.scheduler;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import java.util.HashSet;
import java.util.Set;

/** A connected agent with what it is busy with. What orders it in the queues changes only while it is in none. */
final class Worker {
    final Agent agent;
    final Assignment assignment;
    final Set<DemandQueue> queues = new HashSet<>();
    int used;
    long lastUsed;

    Worker(Agent agent, Assignment assignment, int used) {
        this.agent = agent;
        this.assignment = assignment;
        this.used = used;
    }

    boolean free() {
        return used < agent.declaration().maxConcurrentTasks();
    }

    /** Compares by load, least first; without division. */
    static int byLoad(Worker a, Worker b) {
        return Long.compare((long) a.used * b.agent.declaration().maxConcurrentTasks(),
                (long) b.used * a.agent.declaration().maxConcurrentTasks());
    }
}
