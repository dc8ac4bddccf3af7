package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.ledger.Applied;
import io.claudeflow.swarm.hivemind.ledger.LedgerChange;
import io.claudeflow.swarm.hivemind.ledger.Outcome;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.UpdateTask;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold after each entry of the log, whichever replica applies it first; and that the others come to the same. */
final class LedgerChecker {
    private static final int MAX_HELD = 3;

    private final Map<Long, Applied> entries = new HashMap<>();
    private final Map<Long, byte[]> states = new HashMap<>();
    private final Map<String, Task> tasks = new HashMap<>();
    private final Map<String, String> uidOfRequest = new HashMap<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final Map<String, Integer> load = new HashMap<>();
    private final List<Task> ended = new ArrayList<>();
    private final Map<Update, UpdateTask> updates = new HashMap<>();
    private final Set<String> suspended = new HashSet<>();
    /** By task and path. */
    private final Map<String, String> results = new HashMap<>();
    private final Map<String, Map<Long, Step.Checkpoint>> saved = new HashMap<>();
    /** The one step that each agent of a Job is for. */
    private final Map<String, StepKey> jobs = new HashMap<>();
    private final Tally tally;
    private long lastTime;
    private long lastSeq;

    private record Update(String taskUid, long generation) {}

    LedgerChecker(Tally tally) {
        this.tally = tally;
    }

    /** An entry was applied; true: here before anywhere else. */
    boolean applied(Replica replica, long index, Applied applied) {
        var before = entries.putIfAbsent(index, applied);
        if (before != null) {
            if (!same(before, applied)) {
                throw new Violation("replica " + replica.ordinal + " comes to something else with entry " + index + ": "
                        + applied + ", not " + before);
            }
            return false;
        }
        Violation.unless(applied.time() >= lastTime && applied.seq() >= lastSeq, "time or sequence went back", index);
        lastTime = applied.time();
        lastSeq = applied.seq();
        for (var change : applied.changes()) {
            switch (change) {
                case LedgerChange.TaskChanged(var task) -> changed(tasks.put(task.uid(), task), task);
                case LedgerChange.AgentDeclared(var agent) -> {
                    var job = agent.declaration().job();
                    if (job != null) {
                        jobs.put(agent.uid(), job);
                    }
                }
                case LedgerChange.TaskGone(var tombstone) -> left(tombstone.taskUid());
                case LedgerChange.TaskSettled(var uid) -> left(uid);
                case LedgerChange.AgentGone _,LedgerChange.TrustChanged _,LedgerChange.MembershipChanged _,LedgerChange.PresenceChanged _,LedgerChange.ArrangementChanged _,LedgerChange.DrainChanged _ -> {
                    // Nothing is asked of these alone.
                }
            }
        }
        return true;
    }

    /** What never changes in a task, and its older transitions, are left to {@link #state}: comparing them each time costs much. */
    private static boolean same(Applied one, Applied other) {
        boolean frame = one.seq() == other.seq() && one.time() == other.time() && one.horizon() == other.horizon()
                && one.nextDeadline() == other.nextDeadline() && one.changes().size() == other.changes().size();
        if (!frame || !one.results().equals(other.results())) {
            return false;
        }
        for (int i = 0; i < one.changes().size(); i++) {
            if (!same(one.changes().get(i), other.changes().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(LedgerChange one, LedgerChange other) {
        if (one instanceof LedgerChange.TaskChanged(var a) && other instanceof LedgerChange.TaskChanged(var b)) {
            return a.uid().equals(b.uid()) && a.seq() == b.seq() && a.steps().equals(b.steps())
                    && Objects.equals(a.wish(), b.wish()) && Objects.equals(a.outcome(), b.outcome())
                    && a.transitions().getLast().equals(b.transitions().getLast());
        }
        return one.equals(other);
    }

    /** A replica's whole state after an entry. */
    void state(Replica replica, long index, byte[] bytes) {
        var before = states.putIfAbsent(index, bytes);
        if (before != null && !Arrays.equals(before, bytes)) {
            throw new Violation("replica " + replica.ordinal + " has another state than others after entry " + index);
        }
    }

    private void changed(@Nullable Task before, Task after) {
        if (before == null) {
            Violation.unless(!gone.contains(after.uid()), "a task came back", after);
            var other = uidOfRequest.putIfAbsent(after.about().name(), after.uid());
            Violation.unless(other == null, "one request made two tasks", after);
        }
        TaskChecker.check(before, after);
        asSaid(after);
        if (before != null) {
            before.steps().forEach(step -> hold(step, -1));
        }
        for (var step : after.steps()) {
            hold(step, 1);
            var holder = step.holder();
            Violation.unless(
                    holder == null || Objects.equals(jobs.get(holder.agentUid()),
                            after.spec().place().job() ? after.key(step) : null),
                    "held by somebody who is there for something else", after);
            var checkpoint = step.checkpoint();
            if (checkpoint != null) {
                saved.computeIfAbsent(after.uid() + "/" + step.path(), _ -> new HashMap<>())
                        .put(checkpoint.number(), checkpoint);
            }
        }
        for (var step : after.steps()) {
            var end = step.end();
            if (end != null && end.result() != null) {
                results.put(after.uid() + "/" + step.path(), end.result());
            }
        }
        var outcome = after.outcome();
        if (outcome != null && outcome.result() != null) {
            results.put(after.uid() + "/", outcome.result());
        }
        if (outcome != null) {
            outcomes.put(after.uid(), outcome);
            ended.add(after);
        }
        LedgerFaults.count(before, after, tally);
    }

    /** What may change of a SwarmTask is what the operator said last, or what was said first. */
    private void asSaid(Task task) {
        if (task.about().origin() != TaskOrigin.KUBERNETES) {
            return;
        }
        var said = updates.get(new Update(task.uid(), task.about().generation()));
        if (said != null) {
            Violation.unless(task.suspended() == said.suspend() && task.spec().priority() == said.priority(),
                    "not as was said: " + said, task);
        } else {
            Violation.unless(task.about().generation() == 1 && !task.suspended(), "nobody said so", task);
        }
    }

    private void hold(Step step, int by) {
        var holder = step.holder();
        if (holder != null) {
            int held = load.merge(holder.agentUid(), by, Integer::sum);
            Violation.unless(held <= MAX_HELD, "holds too much", holder);
        }
    }

    private void left(String uid) {
        var last = tasks.remove(uid);
        Violation.unless(last != null && last.outcome() != null && gone.add(uid), "a task left without an end", uid);
    }

    /** An operator is about to say so. */
    void said(UpdateTask update) {
        updates.put(new Update(update.taskUid(), update.generation()), update);
        if (update.suspend()) {
            suspended.add(update.taskUid());
        }
    }

    /** Whether somebody has wanted that task to stop for a while. */
    boolean wasSuspended(String uid) {
        return suspended.contains(uid);
    }

    /** What a step has said in the end; null: nothing, or not yet. */
    @Nullable
    String result(String uid, String path) {
        return results.get(uid + "/" + path);
    }

    /** What a step's checkpoint of that number was; empty: it never had one. */
    String saved(String uid, String path, long number) {
        var one = saved.getOrDefault(uid + "/" + path, Map.of()).get(number);
        return one == null ? "" : TaskChecker.data(one);
    }

    /** Whether some entry has put that task into the ledger. */
    boolean knows(String uid) {
        return tasks.containsKey(uid) || gone.contains(uid);
    }

    /** All that are in the ledger, as they stand. */
    Collection<Task> tasks() {
        return tasks.values();
    }

    /** A task as it stands. */
    @Nullable
    Task now(String uid) {
        return tasks.get(uid);
    }

    @Nullable
    Outcome outcome(String uid) {
        return outcomes.get(uid);
    }

    /** Tasks in the state with which they ended. */
    List<Task> ended() {
        return ended;
    }
}
