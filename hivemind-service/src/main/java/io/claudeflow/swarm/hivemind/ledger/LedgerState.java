package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mutable heart of the ledger: tasks and agents with every index over them. Each change goes through {@link #put} or
 * {@link #forget}, which keep the indexes true, number the change and record it for the leader.
 */
final class LedgerState {
    private final Map<String, Agent> agents = new HashMap<>();
    private final Map<String, String> agentOfPod = new HashMap<>();
    private final Map<String, Task> tasks = new HashMap<>();
    private final Map<String, Set<Held>> held = new HashMap<>();
    private final TreeSet<Deadline> deadlines = new TreeSet<>(Deadline.ORDER);
    private final Finished finished = new Finished();
    private final Tail tail;
    final Clients clients = new Clients();
    private final List<LedgerChange> changes = new ArrayList<>();

    final long epoch;
    private long seq;
    private long nextIndex;
    private int heldSteps;
    long time;
    long wallMillis;
    long salt;
    long leaseMillis;
    private RetryBudget retries;
    private @Nullable Trust trust;
    private @Nullable Drain drain;
    private @Nullable Membership membership;
    private Arrangement arrangement;
    private Totals totals;

    LedgerState(LedgerImage image) {
        var header = image.header();
        epoch = header.epoch();
        time = header.time();
        leaseMillis = header.leaseMillis();
        nextIndex = header.nextIndex();
        retries = header.retries();
        trust = header.trust();
        drain = header.drain();
        membership = header.membership();
        arrangement = header.arrangement();
        totals = header.totals();
        tail = new Tail(header.horizon());
        image.tombstones().forEach(this::bury);
        image.agents().forEach(this::index);
        for (var task : image.tasks()) {
            tasks.put(task.uid(), task);
            clients.entered(task);
            index(null, task);
        }
        image.clients().forEach(clients::restore);
        seq = header.seq();
    }

    LedgerImage image() {
        var header = new LedgerImage.Header(epoch, seq, time, tail.horizon(), nextIndex, leaseMillis,
                retries, trust, drain, membership, arrangement, totals);
        return new LedgerImage(header, agents(),
                tasks.values().stream().sorted(Comparator.comparing(Task::uid)).toList(),
                Stream.concat(tail.tombstones().stream(), clients.tombstones().stream())
                        .sorted(Comparator.comparingLong(Tombstone::seq))
                        .toList(),
                clients.sessions());
    }

    // Tasks.

    @Nullable
    Task task(String uid) {
        return tasks.get(uid);
    }

    List<Task> tasks() {
        return tasks.values().stream().sorted(Comparator.comparing(Task::uid)).toList();
    }

    boolean buried(String uid) {
        return tail.tombstone(uid) != null || clients.tombstone(uid) != null;
    }

    /** Stores a task's new state under a new sequence number. */
    void put(Task changed) {
        var before = tasks.get(changed.uid());
        var after = before != null && changed.seq() == before.seq() ? changed.at(++seq) : changed;
        tasks.put(after.uid(), after);
        if (before == null) {
            clients.entered(after);
        }
        index(before, after);
        if (after.terminal() && (before == null || !before.terminal())) {
            totals = totals.ended(after);
        }
        changes.add(new LedgerChange.TaskChanged(after));
    }

    /** Takes a task out; a tombstone tells those who tail, or who submit it again. */
    void forget(Task task) {
        takeOut(task);
        var tombstone = new Tombstone(task.uid(), ++seq, time, task.about().origin());
        bury(tombstone);
        changes.add(new LedgerChange.TaskGone(tombstone));
    }

    /** Takes a task out that its client has settled; the session's number stands for the tombstone. */
    void settle(Task task) {
        takeOut(task);
        changes.add(new LedgerChange.TaskSettled(task.uid()));
    }

    private void takeOut(Task task) {
        tasks.remove(task.uid());
        unindex(task);
        finished.remove(task);
        clients.left(task);
        tail.left(task);
    }

    private void bury(Tombstone tombstone) {
        switch (tombstone.origin()) {
            case KUBERNETES -> tail.bury(tombstone);
            case CLIENT -> clients.bury(tombstone);
        }
    }

    /** A new sequence number's transition on a task; stored with {@link #put}. */
    Task note(Task task, String kind, @Nullable Assignment who, int attempt, String message) {
        return task.with(
                new TaskTransition(++seq, wall(), kind, who == null ? null : who.agentName(), attempt, message));
    }

    private void index(@Nullable Task before, Task after) {
        if (before != null) {
            unindex(before);
        }
        if (expires(after)) {
            deadlines.add(new Deadline(after.birth().deadline(), after.uid(), Deadline.WHOLE));
        }
        for (var step : after.steps()) {
            if (step.deadline() != Step.NEVER) {
                deadlines.add(new Deadline(step.deadline(), after.uid(), step.path()));
            }
            var holder = step.holder();
            if (holder != null) {
                held.computeIfAbsent(holder.agentUid(), _ -> new HashSet<>())
                        .add(new Held(after.uid(), step.path()));
                heldSteps++;
            }
        }
        if (after.terminal() && after.about().origin() == TaskOrigin.CLIENT) {
            finished.add(after);
            clients.ended(after);
        }
        tail.changed(before, after);
    }

    private static boolean expires(Task task) {
        return task.birth().deadline() != Step.NEVER && !task.terminal() && task.wish() == null;
    }

    private void unindex(Task task) {
        if (expires(task)) {
            deadlines.remove(new Deadline(task.birth().deadline(), task.uid(), Deadline.WHOLE));
        }
        task.steps().forEach(step -> unindex(task, step));
    }

    private void unindex(Task task, Step step) {
        if (step.deadline() != Step.NEVER) {
            deadlines.remove(new Deadline(step.deadline(), task.uid(), step.path()));
        }
        var holder = step.holder();
        if (holder != null) {
            var steps = held.get(holder.agentUid());
            if (steps != null && steps.remove(new Held(task.uid(), step.path()))) {
                heldSteps--;
                if (steps.isEmpty()) {
                    held.remove(holder.agentUid());
                }
            }
        }
    }

    // Agents.

    @Nullable
    Agent agent(String uid) {
        return agents.get(uid);
    }

    @Nullable
    Agent agentOfPod(String podUid) {
        var uid = agentOfPod.get(podUid);
        return uid == null ? null : agents.get(uid);
    }

    List<Agent> agents() {
        return agents.values()
                .stream()
                .sorted(Comparator.comparingLong(Agent::index).thenComparing(Agent::uid))
                .toList();
    }

    /** What an agent holds, a copy in a stable order. */
    List<Held> heldBy(String agentUid) {
        var steps = held.get(agentUid);
        return steps == null ? List.of() : steps.stream().sorted(Held.ORDER).toList();
    }

    int load(String agentUid) {
        var steps = held.get(agentUid);
        return steps == null ? 0 : steps.size();
    }

    int heldSteps() {
        return heldSteps;
    }

    long newIndex() {
        return nextIndex++;
    }

    void declare(AgentDeclaration declaration, long index, boolean lost) {
        var agent = new Agent(declaration, index, ++seq, lost);
        var before = agents.get(agent.uid());
        if (before != null) {
            agentOfPod.remove(before.declaration().podUid());
        }
        index(agent);
        changes.add(new LedgerChange.AgentDeclared(agent));
    }

    void presence(Agent agent) {
        agents.put(agent.uid(), agent);
        changed(new LedgerChange.PresenceChanged(agent));
    }

    void remove(Agent agent) {
        agents.remove(agent.uid());
        agentOfPod.remove(agent.declaration().podUid());
        changed(new LedgerChange.AgentGone(agent.uid()));
    }

    private void index(Agent agent) {
        agents.put(agent.uid(), agent);
        agentOfPod.put(agent.declaration().podUid(), agent.uid());
    }

    private void changed(LedgerChange change) {
        seq++;
        changes.add(change);
    }

    // The rest.

    @Nullable
    Trust trust() {
        return trust;
    }

    void trust(Trust next) {
        trust = next;
        changed(new LedgerChange.TrustChanged(next));
    }

    @Nullable
    Drain drain() {
        return drain;
    }

    void drain(Drain next) {
        drain = next;
        changed(new LedgerChange.DrainChanged(next));
    }

    @Nullable
    Membership membership() {
        return membership;
    }

    void membership(Membership next) {
        membership = next;
        changed(new LedgerChange.MembershipChanged(next));
    }

    Arrangement arrangement() {
        return arrangement;
    }

    void arrangement(Arrangement next) {
        arrangement = next;
        changed(new LedgerChange.ArrangementChanged(next));
    }

    long seq() {
        return seq;
    }

    void submitted() {
        retries = retries.at(time).submitted();
    }

    /** Takes one retry from the budget; false: there is none. */
    boolean takeRetry() {
        var now = retries.at(time);
        boolean allowed = now.allows();
        retries = allowed ? now.retried() : now;
        return allowed;
    }

    /** Logged milliseconds that lie so far ahead. */
    long after(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        return millis >= Step.NEVER - time ? Step.NEVER : time + millis;
    }

    /** The present moment as shown to people. */
    Instant wall() {
        return Instant.ofEpochMilli(wallMillis);
    }

    /** The first deadline, or null; a drain's is not among them. */
    @Nullable
    Deadline firstDeadline() {
        return deadlines.isEmpty() ? null : deadlines.first();
    }

    /** Lets tombstones and finished tasks of clients go that are settled, too old or too many, and sessions. */
    void expire() {
        for (var uid : clients.takeSettledEnds()) {
            var task = tasks.get(uid);
            if (task != null) {
                settle(task);
            }
        }
        for (var task = finished.due(time); task != null; task = finished.due(time)) {
            forget(task);
        }
        tail.expire(time);
        clients.expire(time);
    }

    /** Ends an entry: what it came to, with the changes since the last one. */
    Applied applied(List<LedgerResult> results) {
        var applied = new Applied(results, changes, seq, time, tail.horizon(), nextDeadline(), totals);
        changes.clear();
        return applied;
    }

    /** When something is due next, a drain's end included. */
    long nextDeadline() {
        var first = firstDeadline();
        long next = first == null ? Step.NEVER : first.time();
        return drain == null || drain.drained() ? next : Math.min(next, drain.deadline());
    }

    /** A step that an agent holds. */
    record Held(String taskUid, String path) {
        static final Comparator<Held> ORDER = Comparator.comparing(Held::taskUid).thenComparing(Held::path);
    }

    /** The task and step that a report is about, when that attempt is the present one and that agent holds it; else null. */
    @Nullable
    Present present(StepKey key, String agentUid) {
        var task = tasks.get(key.taskUid());
        var step = task == null ? null : task.step(key.path());
        if (task == null || step == null || step.begun() != key.attempt()) {
            return null;
        }
        var holder = step.holder();
        return holder == null || !holder.agentUid().equals(agentUid) ? null : new Present(task, step, holder);
    }

    /** A step in its agent's hands. */
    record Present(Task task, Step step, Assignment holder) {}
}
