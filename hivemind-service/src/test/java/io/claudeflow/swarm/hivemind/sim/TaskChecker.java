package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of each change of one task: the ways that its steps may go (DESIGN.md of the ledger), its attempts and its end. */
final class TaskChecker {
    /** Where nothing of a suspended task may stand: there something runs, or is about to. */
    private static final Set<StepPhase> ACTIVE = EnumSet.of(StepPhase.WAITING, StepPhase.BACKOFF, StepPhase.ASSIGNED,
            StepPhase.RUNNING, StepPhase.JOB_WANTED, StepPhase.JOB_RUNNING);

    private TaskChecker() {}

    /** @param before null: the task is new */
    static void check(@Nullable Task before, Task after) {
        if (before != null) {
            Violation.unless(before.outcome() == null, "a task changed after its end", after);
            Violation.unless(after.about().generation() >= before.about().generation(), "its generation went back",
                    after);
            after.steps().forEach(step -> step(before.step(step.path()), step, after));
        }
        GraphChecker.check(before, after);
        Violation.unless(after.root().phase() == StepPhase.FINISHED == (after.outcome() != null),
                "an end without a result", after);
        var outcome = after.outcome();
        if (outcome == null) {
            Violation.unless(
                    !after.suspended() || after.steps().stream().noneMatch(one -> ACTIVE.contains(one.phase())),
                    "suspended, but not all of it", after);
        } else if (after.spec().workflow().none() || after.root().stored() > 0) {
            Violation.unless(outcome.result() == null || outcome.result().equals(mark(after, after.root())),
                    "a result of another attempt", after);
        }
    }

    private static void step(@Nullable Step was, Step now, Task after) {
        if (was == null) {
            throw new Violation("a step that was not there: " + after);
        }
        Violation.unless(was.phase() == now.phase() || next(was.phase()).contains(now.phase()), "no such way", after);
        boolean begins = was.phase() != now.phase()
                && (now.phase() == StepPhase.JOB_WANTED
                        || now.phase() == StepPhase.ASSIGNED && was.phase() != StepPhase.JOB_WANTED);
        Violation.unless(now.begun() == was.begun() + (begins ? 1 : 0), "an attempt too many", after);
        checkpoint(was, now, begins, after);
        if (now.stored() != was.stored()) {
            Violation.unless(
                    was.phase().underWay() && now.stored() == was.begun() && now.stored() > was.stored(),
                    "a result of an attempt that nobody holds", after);
            var said = after.spec().workflow().none() ? after.transitions().getLast().message() : "";
            Violation.unless(!said.contains(Witness.MARK) || said.contains(mark(after, now)),
                    "a report of another attempt", after);
        }
    }

    /** Checkpoints are taken by the present attempt and numbered over all; an attempt goes on from the last one. */
    private static void checkpoint(Step was, Step now, boolean begins, Task after) {
        var before = was.checkpoint();
        var saved = now.checkpoint();
        if (saved == null || saved.equals(before)) {
            Violation.unless(saved == before || saved != null, "a checkpoint is gone", after);
        } else {
            Violation.unless(before == null || saved.number() > before.number(), "a checkpoint went back", after);
            var by = was.holder();
            Violation.unless(by != null && data(saved).equals(
                    Witness.mark(after.uid(), was.path(), was.begun(), by.agentUid())),
                    "a checkpoint of another attempt: " + data(saved), after);
        }
        boolean resumes = begins && after.spec().resume().enabled() && before != null;
        Violation.unless(now.count().resumed() == was.count().resumed() + (resumes ? 1 : 0),
                "an attempt that goes on is not counted so", after);
        Violation.unless(now.work().lostMillis() >= was.work().lostMillis(), "lost work was found", after);
    }

    static String data(Step.Checkpoint checkpoint) {
        return new String(checkpoint.data().bytes(), StandardCharsets.UTF_8);
    }

    /** What the holder of the attempt that was stored last says. */
    static String mark(Task task, Step step) {
        var by = step.assignment();
        return Witness.mark(task.uid(), step.path(), step.stored(), by == null ? "" : by.agentUid());
    }

    /** Where a step may go from there. */
    private static Set<StepPhase> next(StepPhase from) {
        return switch (from) {
            case BLOCKED -> EnumSet.of(StepPhase.DECIDING, StepPhase.QUEUED, StepPhase.WAITING, StepPhase.SUSPENDED,
                    StepPhase.JOB_WANTED, StepPhase.FINISHED);
            case DECIDING -> EnumSet.of(StepPhase.QUEUED, StepPhase.WAITING, StepPhase.SUSPENDED,
                    StepPhase.JOB_WANTED, StepPhase.FINISHED);
            case QUEUED, BACKOFF ->
                EnumSet.of(StepPhase.WAITING, StepPhase.SUSPENDED, StepPhase.JOB_WANTED, StepPhase.FINISHED);
            case WAITING -> EnumSet.of(StepPhase.ASSIGNED, StepPhase.SUSPENDED, StepPhase.FINISHED);
            case SUSPENDED -> EnumSet.of(StepPhase.WAITING, StepPhase.JOB_WANTED, StepPhase.FINISHED);
            case JOB_WANTED -> EnumSet.of(StepPhase.ASSIGNED, StepPhase.JOB_RUNNING, StepPhase.BACKOFF,
                    StepPhase.SUSPENDED, StepPhase.FINISHED);
            case JOB_RUNNING -> EnumSet.of(StepPhase.BACKOFF, StepPhase.SUSPENDED, StepPhase.FINISHED);
            case ASSIGNED -> EnumSet.of(StepPhase.RUNNING, StepPhase.CANCELLING, StepPhase.WAITING,
                    StepPhase.JOB_WANTED, StepPhase.BACKOFF, StepPhase.FINISHED);
            case RUNNING -> EnumSet.of(StepPhase.CANCELLING, StepPhase.WAITING, StepPhase.JOB_WANTED,
                    StepPhase.BACKOFF, StepPhase.FINISHED);
            case CANCELLING -> EnumSet.of(StepPhase.SUSPENDED, StepPhase.WAITING, StepPhase.JOB_WANTED,
                    StepPhase.BACKOFF, StepPhase.FINISHED);
            case FINISHED -> EnumSet.noneOf(StepPhase.class);
        };
    }
}
