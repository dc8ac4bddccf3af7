package io.claudeflow.swarm.hivemind.scheduler;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.scheduler.Lane.Submitter;
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
            Comparator.comparing((DemandQueue queue) -> queue.turns.first(), Lane.ORDER));
    private final Map<String, Submitter> submitters = new HashMap<>();
    private final Map<String, Worker> workers = new HashMap<>();
    private final Map<Place, Entry> waiting = new HashMap<>();
    private long uses;
    /** Passes of the submitter whose turn was last: whoever comes to wait begins there, without debt or credit. */
    private long passes;

    private record Place(String taskUid, String path) {}

    private record Entry(Lane lane, Waiting waiting) {}

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
        var queue = queue(task.spec().at(step.path()));
        var submitter = submitters.computeIfAbsent(task.about().submitter(), name -> new Submitter(name, passes));
        var lane = queue.lanes.computeIfAbsent(submitter.name, _ -> new Lane(queue, submitter));
        submitter.lanes.add(lane);
        var entry = new Waiting(task.spec().priority(), task.birth().time(), task.birth().order(), task.key(step));
        update(lane, () -> lane.waiting.add(entry));
        waiting.put(new Place(task.uid(), step.path()), new Entry(lane, entry));
    }

    /** A step no longer waits. */
    public void remove(String taskUid, String path) {
        var entry = waiting.remove(new Place(taskUid, path));
        if (entry == null) {
            return;
        }
        var lane = entry.lane;
        update(lane, () -> lane.waiting.remove(entry.waiting));
        if (lane.waiting.isEmpty()) {
            lane.queue.lanes.remove(lane.submitter.name);
            lane.submitter.lanes.remove(lane);
            if (lane.submitter.lanes.isEmpty()) {
                submitters.remove(lane.submitter.name);
            }
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
        if (!queue.idle() || queue.free.isEmpty()) {
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
            var lane = queue.turns.first();
            var step = lane.waiting.first().step();
            var worker = queue.free.first();
            remove(step.taskUid(), step.path());
            pass(lane.submitter);
            occupy(worker.agent.uid());
            placed.add(new Placement(step, worker.assignment));
        }
        return placed;
    }

    /** A step of that submitter was placed: its turn comes later, in every queue where it waits. */
    private void pass(Submitter submitter) {
        passes = submitter.passes;
        if (!submitter.due()) {
            return;
        }
        var lanes = List.copyOf(submitter.lanes);
        lanes.forEach(this::extract);
        submitter.settle();
        lanes.forEach(this::insert);
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
            if (queue.idle()) {
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

    private void update(Lane lane, Runnable change) {
        extract(lane);
        change.run();
        insert(lane);
    }

    private void extract(Lane lane) {
        if (!lane.waiting.isEmpty()) {
            update(lane.queue, () -> lane.queue.turns.remove(lane));
        }
    }

    private void insert(Lane lane) {
        if (!lane.waiting.isEmpty()) {
            update(lane.queue, () -> lane.queue.turns.add(lane));
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
