package io.claudeflow.swarm.hivemind.scheduler;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.scheduler.Crew.Profile;
import io.claudeflow.swarm.hivemind.scheduler.Lane.Submitter;
import io.claudeflow.swarm.hivemind.scheduler.Worker.Membership;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Map<Demand, DemandQueue> queues = new HashMap<>();
    /** Those in which nobody waits, the one asked for longest ago first. */
    private final LinkedHashSet<DemandQueue> idle = new LinkedHashSet<>();
    /** By the name that is asked for. */
    private final Map<String, Pool> pools = new HashMap<>();
    /** Crews with a place left and somebody who waits for it; whose turn is first. */
    private final TreeSet<Crew> ready = new TreeSet<>(
            Comparator.comparing((Crew crew) -> Objects.requireNonNull(crew.first), DemandQueue.ORDER)
                    .thenComparingLong(crew -> crew.number));
    private final Map<String, Submitter> submitters = new HashMap<>();
    private final Map<String, Worker> workers = new HashMap<>();
    private final Map<Key, Entry> waiting = new HashMap<>();
    private long uses;
    private long crews;
    /** Passes of the submitter whose turn was last: whoever comes to wait begins there, without debt or credit. */
    private long passes;

    private record Key(String taskUid, String path) {}

    private record Entry(Lane lane, Waiting waiting) {}

    /** @param cluster the cluster's name, with which the names of its agents begin */
    public Scheduler(String cluster) {
        this.cluster = cluster;
    }

    /** An agent can be given steps from now on; one known before is replaced. */
    public void join(Agent agent, Assignment assignment, int used, Place place) {
        leave(agent.uid());
        var worker = new Worker(agent, assignment, place, used);
        workers.put(agent.uid(), worker);
        for (var name : Demand.names(agent.name(), cluster)) {
            var crew = crew(name, Profile.of(agent.declaration(), place.reserve()), agent.declaration());
            crew.members++;
            worker.crews.add(new Membership(name, crew));
        }
        insert(worker);
    }

    /** An agent that has joined stands somewhere else from now on; nothing happens when it does not, or has not joined. */
    public void move(String agentUid, Place place) {
        var worker = workers.get(agentUid);
        if (worker != null && !worker.place.equals(place)) {
            join(worker.agent, worker.assignment, worker.used, place);
        }
    }

    private Crew crew(String name, Profile profile, AgentDeclaration like) {
        var pool = pools.computeIfAbsent(name, _ -> new Pool());
        var known = pool.crews.get(profile);
        if (known != null) {
            return known;
        }
        var crew = new Crew(profile, like, crews++);
        pool.crews.put(profile, crew);
        pool.queues.forEach(queue -> link(queue, crew));
        return crew;
    }

    private void link(DemandQueue queue, Crew crew) {
        if (!queue.demand.admits(crew.like)) {
            return;
        }
        if (queue.prefers(crew)) {
            if (!queue.manned()) {
                List.copyOf(queue.crews).forEach(other -> dismiss(queue, other));
            }
            engage(queue, crew);
        } else {
            queue.others.add(crew);
            if (!queue.manned()) {
                engage(queue, crew);
            }
        }
    }

    private void unlink(DemandQueue queue, Crew crew) {
        queue.others.remove(crew);
        if (dismiss(queue, crew) && queue.crews.isEmpty()) {
            queue.others.forEach(other -> engage(queue, other));
        }
    }

    private void engage(DemandQueue queue, Crew crew) {
        queue.crews.add(crew);
        if (!queue.turns.isEmpty()) {
            update(crew, () -> {
                crew.wanting.add(queue);
                crew.first = crew.wanting.first();
            });
        }
    }

    private boolean dismiss(DemandQueue queue, Crew crew) {
        if (!queue.crews.remove(crew)) {
            return false;
        }
        if (!queue.turns.isEmpty()) {
            update(crew, () -> {
                crew.wanting.remove(queue);
                crew.first = First.of(crew.wanting);
            });
        }
        return true;
    }

    /** An agent is given nothing more. */
    public void leave(String agentUid) {
        var worker = workers.remove(agentUid);
        if (worker != null) {
            extract(worker);
            worker.crews.forEach(this::part);
        }
    }

    /** One member less; a crew without members is no more. */
    private void part(Membership left) {
        var crew = left.crew();
        var pool = pools.get(left.name());
        if (--crew.members == 0 && pool != null) {
            pool.crews.remove(crew.profile);
            pool.queues.forEach(queue -> unlink(queue, crew));
            forget(left.name(), pool);
        }
    }

    private void forget(String name, Pool pool) {
        if (pool.empty()) {
            pools.remove(name);
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
        add(task, step, Demand.of(task.spec().at(step.path()), task.spec().workflow().gathers(step.path())));
    }

    /** A step waits for that agent and nobody else. */
    public void add(Task task, Step step, Agent only) {
        add(task, step, Demand.of(task.spec().at(step.path()), false).by(only.name()));
    }

    private void add(Task task, Step step, Demand demand) {
        remove(task.uid(), step.path());
        var queue = queue(demand);
        var submitter = submitters.computeIfAbsent(task.about().submitter(), name -> new Submitter(name, passes));
        var lane = queue.lanes.computeIfAbsent(submitter.name, _ -> new Lane(queue, submitter));
        submitter.lanes.add(lane);
        idle.remove(queue);
        var entry = new Waiting(task.spec().priority(), task.birth().time(), task.birth().order(), task.key(step));
        update(lane, entry, () -> lane.waiting.add(entry));
        waiting.put(new Key(task.uid(), step.path()), new Entry(lane, entry));
    }

    /** A step no longer waits. */
    public void remove(String taskUid, String path) {
        var entry = waiting.remove(new Key(taskUid, path));
        if (entry == null) {
            return;
        }
        var lane = entry.lane;
        update(lane, entry.waiting, () -> lane.waiting.remove(entry.waiting));
        if (lane.waiting.isEmpty()) {
            lane.queue.lanes.remove(lane.submitter.name);
            lane.submitter.lanes.remove(lane);
            if (lane.queue.idle()) {
                rest(lane.queue);
            }
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
        var queue = queue(Demand.of(spec, false));
        var best = queue.idle() ? queue.best() : null;
        if (best == null) {
            return null;
        }
        occupy(best.agent.uid());
        return best.assignment;
    }

    /** Places what can be placed, the most urgent first, at most {@code max} steps. Takes the places; the steps no longer wait. */
    public List<Placement> place(int max) {
        var placed = new ArrayList<Placement>();
        while (!ready.isEmpty() && placed.size() < max) {
            var queue = ready.first().wanting.first();
            var lane = queue.turns.first();
            var step = lane.waiting.first().step();
            var worker = Objects.requireNonNull(queue.best(), "a crew that is ready has a free member");
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

    private DemandQueue queue(Demand demand) {
        var known = queues.get(demand);
        if (known != null) {
            if (known.idle()) {
                rest(known);
            }
            return known;
        }
        var queue = new DemandQueue(demand);
        queues.put(demand, queue);
        var pool = pools.computeIfAbsent(demand.name(), _ -> new Pool());
        pool.queues.add(queue);
        pool.crews.values().forEach(crew -> link(queue, crew));
        rest(queue);
        return queue;
    }

    /** Nobody waits in it; drops the one that was asked for longest ago among too many of these. */
    private void rest(DemandQueue queue) {
        idle.addLast(queue);
        if (idle.size() <= MAX_IDLE_QUEUES) {
            return;
        }
        var oldest = idle.removeFirst();
        var name = oldest.demand.name();
        queues.remove(oldest.demand);
        var pool = pools.get(name);
        if (pool != null) {
            pool.queues.remove(oldest);
            forget(name, pool);
        }
    }

    private void extract(Worker worker) {
        for (var member : worker.crews) {
            var free = member.crew().free;
            if (free.size() > 1) {
                free.remove(worker);
            } else {
                update(member.crew(), () -> free.remove(worker));
            }
        }
    }

    private void insert(Worker worker) {
        if (!worker.free()) {
            return;
        }
        for (var member : worker.crews) {
            var free = member.crew().free;
            if (free.isEmpty()) {
                update(member.crew(), () -> free.add(worker));
            } else {
                free.add(worker);
            }
        }
    }

    /** Changes what waits in a lane; only its first says where the lane stands. */
    private void update(Lane lane, Waiting changed, Runnable change) {
        if (First.before(lane.waiting, changed)) {
            change.run();
        } else {
            extract(lane);
            change.run();
            insert(lane);
        }
    }

    private void extract(Lane lane) {
        if (!lane.waiting.isEmpty()) {
            update(lane.queue, lane, () -> lane.queue.turns.remove(lane));
        }
    }

    private void insert(Lane lane) {
        if (!lane.waiting.isEmpty()) {
            lane.first = lane.waiting.first();
            update(lane.queue, lane, () -> lane.queue.turns.add(lane));
        }
    }

    /** Changes the lanes of a queue; only the first says where the queue stands with its crews. */
    private void update(DemandQueue queue, Lane changed, Runnable change) {
        if (First.before(queue.turns, changed)) {
            change.run();
            return;
        }
        if (!queue.turns.isEmpty()) {
            queue.crews.forEach(crew -> update(crew, queue, () -> crew.wanting.remove(queue)));
        }
        change.run();
        queue.first = First.of(queue.turns);
        if (queue.first != null) {
            queue.crews.forEach(crew -> update(crew, queue, () -> crew.wanting.add(queue)));
        }
    }

    /** Changes the queues of a crew; only the first says where the crew stands. */
    private void update(Crew crew, DemandQueue changed, Runnable change) {
        if (First.before(crew.wanting, changed)) {
            change.run();
        } else {
            update(crew, () -> {
                change.run();
                crew.first = First.of(crew.wanting);
            });
        }
    }

    /** Changes a crew while it is outside the order of those that are ready. */
    private void update(Crew crew, Runnable change) {
        if (crew.ready()) {
            ready.remove(crew);
        }
        change.run();
        if (crew.ready()) {
            ready.add(crew);
        }
    }
}
