package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.StepKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The leader's copy of the ledger: begins with an image and follows its changes. Threads: confined to the leader's context.
 */
public final class LedgerView {
    private final Map<String, Agent> agents = new HashMap<>();
    private final Map<String, String> agentOfPod = new HashMap<>();
    private final Map<String, Task> tasks = new HashMap<>();
    private final Tail tail;
    /** Holds the tombstones of clients' tasks, as long as the ledger does; nothing else. */
    private final Clients clients = new Clients();
    private final long epoch;
    private @Nullable Trust trust;
    private @Nullable Drain drain;
    private @Nullable Membership membership;
    private Arrangement arrangement;
    private long seq;
    private long time;
    private long nextDeadline;
    private Totals totals;

    public LedgerView(LedgerImage image, long nextDeadline) {
        var header = image.header();
        epoch = header.epoch();
        trust = header.trust();
        drain = header.drain();
        membership = header.membership();
        arrangement = header.arrangement();
        seq = header.seq();
        time = header.time();
        totals = header.totals();
        this.nextDeadline = nextDeadline;
        tail = new Tail(header.horizon());
        image.tombstones().forEach(this::bury);
        image.agents().forEach(this::put);
        for (var task : image.tasks()) {
            tasks.put(task.uid(), task);
            tail.changed(null, task);
        }
    }

    /** Takes one change; {@link #applied} ends the entry that made it. */
    public void take(LedgerChange change) {
        switch (change) {
            case LedgerChange.TaskChanged(var task) -> tail.changed(tasks.put(task.uid(), task), task);
            case LedgerChange.TaskGone(var tombstone) -> {
                left(tombstone.taskUid());
                bury(tombstone);
            }
            case LedgerChange.TaskSettled(var uid) -> left(uid);
            case LedgerChange.AgentDeclared(var agent) -> put(agent);
            case LedgerChange.PresenceChanged(var agent) -> put(agent);
            case LedgerChange.AgentGone(var uid) -> {
                var last = agents.remove(uid);
                if (last != null) {
                    agentOfPod.remove(last.declaration().podUid(), uid);
                }
            }
            case LedgerChange.TrustChanged(var next) -> trust = next;
            case LedgerChange.DrainChanged(var next) -> drain = next;
            case LedgerChange.MembershipChanged(var next) -> membership = next;
            case LedgerChange.ArrangementChanged(var next) -> arrangement = next;
        }
    }

    private void left(String uid) {
        var last = tasks.remove(uid);
        if (last != null) {
            tail.left(last);
        }
    }

    private void bury(Tombstone tombstone) {
        switch (tombstone.origin()) {
            case KUBERNETES -> tail.bury(tombstone);
            case CLIENT -> clients.bury(tombstone);
        }
    }

    private void put(Agent agent) {
        var last = agents.put(agent.uid(), agent);
        if (last != null) {
            agentOfPod.remove(last.declaration().podUid(), agent.uid());
        }
        agentOfPod.put(agent.declaration().podUid(), agent.uid());
    }

    /** Ends an entry whose changes were taken. */
    public void applied(Applied entry) {
        seq = entry.seq();
        time = entry.time();
        nextDeadline = entry.nextDeadline();
        totals = entry.totals();
        tail.dropUpTo(entry.horizon());
        clients.expire(time);
    }

    public @Nullable Task task(String uid) {
        return tasks.get(uid);
    }

    public Collection<Task> tasks() {
        return tasks.values();
    }

    /** Whether a client's task was there and has left, unsettled, not long ago. */
    public boolean forgotten(String uid) {
        return clients.tombstone(uid) != null;
    }

    /** The step with that task and path, when that attempt is the present one and somebody holds it; else null. */
    public @Nullable Step held(StepKey key) {
        var task = tasks.get(key.taskUid());
        var step = task == null ? null : task.step(key.path());
        return step != null && step.begun() == key.attempt() && step.phase().held() ? step : null;
    }

    public @Nullable Agent agent(String uid) {
        return agents.get(uid);
    }

    public Collection<Agent> agents() {
        return agents.values();
    }

    public @Nullable Agent agentOfPod(String podUid) {
        var uid = agentOfPod.get(podUid);
        return uid == null ? null : agents.get(uid);
    }

    public @Nullable Trust trust() {
        return trust;
    }

    public @Nullable Drain drain() {
        return drain;
    }

    /** How many replicas the group is to have; null: nobody has said. */
    public @Nullable Membership membership() {
        return membership;
    }

    /** Who stands where. */
    public Arrangement arrangement() {
        return arrangement;
    }

    /** What has ended so far. */
    public Totals totals() {
        return totals;
    }

    public long epoch() {
        return epoch;
    }

    public long seq() {
        return seq;
    }

    /** Logged milliseconds of the last entry. */
    public long time() {
        return time;
    }

    /** Logged milliseconds of the first open deadline, {@link Step#NEVER}: none. */
    public long nextDeadline() {
        return nextDeadline;
    }

    /** Tasks of origin KUBERNETES changed after {@code fromSeq}; null: ask again from 0. From 0 the page is the complete list. */
    public @Nullable Changes changes(long fromSeq, int max) {
        var page = tail.page(fromSeq, max, seq);
        if (page == null) {
            return null;
        }
        var changed = page.tasks().stream().map(uid -> Objects.requireNonNull(tasks.get(uid))).toList();
        return new Changes(changed, page.gone(), page.next());
    }

    /** A page of the tail. */
    public record Changes(List<Task> tasks, List<String> gone, long next) {}
}
