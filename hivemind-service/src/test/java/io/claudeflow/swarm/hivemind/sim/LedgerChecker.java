package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.ledger.Applied;
import io.claudeflow.swarm.hivemind.ledger.LedgerChange;
import io.claudeflow.swarm.hivemind.ledger.Outcome;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
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
    private long lastTime;
    private long lastSeq;

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
        require(applied.time() >= lastTime && applied.seq() >= lastSeq, "time or sequence went back", index);
        lastTime = applied.time();
        lastSeq = applied.seq();
        for (var change : applied.changes()) {
            switch (change) {
                case LedgerChange.TaskChanged(var task) -> changed(tasks.put(task.uid(), task), task);
                case LedgerChange.TaskGone(var tombstone) -> left(tombstone.taskUid());
                case LedgerChange.TaskSettled(var uid) -> left(uid);
                case LedgerChange.AgentDeclared _,LedgerChange.AgentGone _,LedgerChange.TrustChanged _,LedgerChange.MembershipChanged _,LedgerChange.DrainChanged _ -> {
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
        var step = after.root();
        if (before == null) {
            require(!gone.contains(after.uid()), "a task came back", after);
            var other = uidOfRequest.putIfAbsent(after.about().name(), after.uid());
            require(other == null, "one request made two tasks", after);
        } else {
            require(before.outcome() == null, "a task changed after its end", after);
            attempt(before.root(), after);
        }
        require(step.phase() == StepPhase.FINISHED == (after.outcome() != null), "an end without a result", after);
        hold(before == null ? null : before.root(), -1);
        hold(step, 1);
        var outcome = after.outcome();
        if (outcome != null) {
            outcomes.put(after.uid(), outcome);
            ended.add(after);
            require(outcome.result() == null || outcome.result().equals(mark(after)), "a result of another attempt",
                    after);
        }
    }

    private void attempt(Step was, Task after) {
        var now = after.root();
        require(was.phase() == now.phase() || next(was.phase()).contains(now.phase()), "no such way", after);
        boolean begins = was.phase() == StepPhase.WAITING && now.phase() == StepPhase.ASSIGNED;
        require(now.begun() == was.begun() + (begins ? 1 : 0), "an attempt too many", after);
        if (now.stored() != was.stored()) {
            require(was.phase().held() && now.stored() == was.begun() && now.stored() > was.stored(),
                    "a result of an attempt that nobody holds", after);
            var said = after.transitions().getLast().message();
            require(!said.contains(Witness.MARK) || said.contains(mark(after)), "a report of another attempt", after);
        }
    }

    /** What the holder of the attempt that was stored last says. */
    private static String mark(Task task) {
        var step = task.root();
        var by = step.assignment();
        return Witness.mark(task.uid(), step.stored(), by == null ? "" : by.agentUid());
    }

    /** Where a step may go from there (DESIGN.md of the ledger). */
    private static Set<StepPhase> next(StepPhase from) {
        return switch (from) {
            case WAITING -> EnumSet.of(StepPhase.ASSIGNED, StepPhase.SUSPENDED, StepPhase.FINISHED);
            case BACKOFF -> EnumSet.of(StepPhase.WAITING, StepPhase.SUSPENDED, StepPhase.FINISHED);
            case ASSIGNED -> EnumSet.complementOf(EnumSet.of(StepPhase.ASSIGNED));
            case RUNNING -> EnumSet.of(StepPhase.WAITING, StepPhase.BACKOFF, StepPhase.CANCELLING, StepPhase.FINISHED);
            case CANCELLING -> EnumSet.of(StepPhase.SUSPENDED, StepPhase.FINISHED);
            case SUSPENDED -> EnumSet.of(StepPhase.WAITING, StepPhase.FINISHED);
            case FINISHED -> EnumSet.noneOf(StepPhase.class);
            case BLOCKED, DECIDING, QUEUED, JOB_WANTED, JOB_RUNNING -> EnumSet.noneOf(StepPhase.class);
        };
    }

    private void hold(@Nullable Step step, int by) {
        var holder = step == null ? null : step.holder();
        if (holder != null) {
            int held = load.merge(holder.agentUid(), by, Integer::sum);
            require(held <= MAX_HELD, "holds too much", holder);
        }
    }

    private void left(String uid) {
        var last = tasks.remove(uid);
        require(last != null && last.outcome() != null && gone.add(uid), "a task left without an end", uid);
    }

    private static void require(boolean holds, String otherwise, Object what) {
        if (!holds) {
            throw new Violation(otherwise + ": " + what);
        }
    }

    /** Whether some entry has put that task into the ledger. */
    boolean knows(String uid) {
        return tasks.containsKey(uid) || gone.contains(uid);
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
