package io.claudeflow.swarm.hivemind.scheduler;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Places steps on agents. Whoever calls it keeps it true: agents that connect and leave, places that are taken and left, steps
 * that wait and no longer do.
 */
public final class Scheduler {
    /** Queues of steps that nobody waits in, kept because the next task often asks the same. */
    private static final int MAX_IDLE_QUEUES = 512;

    private final String cluster;
    private final Map<Demand, DemandQueue> queues = new LinkedHashMap<>(64, 0.75f, true);
    private final TreeSet<DemandQueue> ready = new TreeSet<>(
            Comparator.comparing((DemandQueue queue) -> queue.waiting.first(), DemandQueue.Waiting.ORDER));
    private final Map<String, Worker> workers = new HashMap<>();
    private final Map<Place, Entry> waiting = new HashMap<>();
    private long uses;

    private record Place(String taskUid, String path) {}

    private record Entry(DemandQueue queue, DemandQueue.Waiting waiting) {}

    /** @param cluster the cluster's name, with which the names of its agents begin */
    public Scheduler(String cluster) {
        this.cluster = cluster;
    }

    /** An agent can be given steps from now on; one known before is replaced. */
    public void join(Agent agent, Assignment assignment, int used) {
        leave(agent.uid());
        var worker = new Worker(agent, assignment, used);
        workers.put(agent.uid(), worker);
        for (var queue : queues.values()) {
            if (queue.demand.admits(agent.declaration(), cluster)) {
                worker.queues.add(queue);
            }
        }
        insert(worker);
    }

    /** An agent is given nothing more. */
    public void leave(String agentUid) {
        var worker = workers.remove(agentUid);
        if (worker != null) {
            extract(worker);
        }
    }

    /** Takes a place at an agent. */
    public void occupy(String agentUid) {
        change(agentUid, 1);
    }

    /** Leaves a place at an agent. */
    public void release(String agentUid) {
        change(agentUid, -1);
    }

    private void change(String agentUid, int by) {
        var worker = workers.get(agentUid);
        if (worker != null) {
            extract(worker);
            worker.used = Math.max(0, worker.used + by);
            if (by > 0) {
                worker.lastUsed = ++uses;
            }
            insert(worker);
        }
    }

    /** A step waits; its attempt to come is the key's. */
    public void add(Task task, Step step) {
        remove(task.uid(), step.path());
        var queue = queue(task.spec());
        var entry = new DemandQueue.Waiting(task.spec().priority(), task.order(), task.key(step));
        update(queue, () -> queue.waiting.add(entry));
        waiting.put(new Place(task.uid(), step.path()), new Entry(queue, entry));
    }

    /** A step no longer waits. */
    public void remove(String taskUid, String path) {
        var entry = waiting.remove(new Place(taskUid, path));
        if (entry != null) {
            update(entry.queue, () -> entry.queue.waiting.remove(entry.waiting));
        }
    }

    /** How many steps wait. */
    public int waiting() {
        return waiting.size();
    }

    /**
     * Who would do a task that is new, or null when nobody is free or others wait for the same. Takes the place. Ask after
     * {@link #place}: then no step that waits could use the agent.
     */
    public @Nullable Assignment choose(TaskSpec spec) {
        var queue = queue(spec);
        if (!queue.waiting.isEmpty() || queue.free.isEmpty()) {
            return null;
        }
        var best = queue.free.first();
        occupy(best.agent.uid());
        return best.assignment;
    }

    /** Places what can be placed, the most urgent first, at most {@code max} steps. Takes the places; the steps no longer wait. */
    public List<Placement> place(int max) {
        var placed = new ArrayList<Placement>();
        while (!ready.isEmpty() && placed.size() < max) {
            var queue = ready.first();
            StepKey step = queue.waiting.first().step();
            var worker = queue.free.first();
            remove(step.taskUid(), step.path());
            occupy(worker.agent.uid());
            placed.add(new Placement(step, worker.assignment));
        }
        return placed;
    }

    private DemandQueue queue(TaskSpec spec) {
        var demand = Demand.of(spec);
        var known = queues.get(demand);
        if (known != null) {
            return known;
        }
        if (queues.size() >= MAX_IDLE_QUEUES) {
            dropIdle();
        }
        var queue = new DemandQueue(demand);
        queues.put(demand, queue);
        for (var worker : workers.values()) {
            if (demand.admits(worker.agent.declaration(), cluster)) {
                worker.queues.add(queue);
                if (worker.free()) {
                    queue.free.add(worker);
                }
            }
        }
        return queue;
    }

    /** Drops the queue that was asked for longest ago among those in which nobody waits. */
    private void dropIdle() {
        for (var it = queues.values().iterator(); it.hasNext();) {
            var queue = it.next();
            if (queue.waiting.isEmpty()) {
                it.remove();
                workers.values().forEach(worker -> worker.queues.remove(queue));
                return;
            }
        }
    }

    private void extract(Worker worker) {
        for (var queue : worker.queues) {
            update(queue, () -> queue.free.remove(worker));
        }
    }

    private void insert(Worker worker) {
        if (worker.free()) {
            for (var queue : worker.queues) {
                update(queue, () -> queue.free.add(worker));
            }
        }
    }

    /** Changes a queue while it is outside the order of those that are ready. */
    private void update(DemandQueue queue, Runnable change) {
        if (queue.ready()) {
            ready.remove(queue);
        }
        change.run();
        if (queue.ready()) {
            ready.add(queue);
        }
    }
}
