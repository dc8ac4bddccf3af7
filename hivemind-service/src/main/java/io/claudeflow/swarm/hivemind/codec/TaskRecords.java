package io.claudeflow.swarm.hivemind.codec;

import com.google.protobuf.ByteString;
import io.claudeflow.swarm.hivemind.codec.v1.CancelWishRecord;
import io.claudeflow.swarm.hivemind.codec.v1.EndRecord;
import io.claudeflow.swarm.hivemind.codec.v1.OutcomeRecord;
import io.claudeflow.swarm.hivemind.codec.v1.PhaseRecord;
import io.claudeflow.swarm.hivemind.codec.v1.StepRecord;
import io.claudeflow.swarm.hivemind.codec.v1.TaskRecord;
import io.claudeflow.swarm.hivemind.codec.v1.TransitionRecord;
import io.claudeflow.swarm.hivemind.ledger.Blob;
import io.claudeflow.swarm.hivemind.ledger.Outcome;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.ledger.Task.Wish;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import java.time.Instant;

/** Tasks as records of the file format, both ways. */
final class TaskRecords {
    private TaskRecords() {}

    static TaskRecord write(Task task) {
        var record = TaskRecord.newBuilder()
                .setAbout(SpecRecords.write(task.about()))
                .setOrder(task.birth().order())
                .setSeq(task.seq())
                .setSubmittedMillis(task.birth().at().toEpochMilli())
                .setSubmittedTime(task.birth().time())
                .setSuspended(task.suspended());
        if (task.birth().deadline() != Step.NEVER) {
            record.setDeadline(task.birth().deadline());
        }
        task.steps().forEach(step -> record.addSteps(write(step)));
        var wish = task.wish();
        if (wish != null) {
            record.setCancel(CancelWishRecord.newBuilder()
                    .setReason(wish.reason())
                    .setForget(wish.kind() == Wish.Kind.FORGET)
                    .setDeadline(wish.kind() == Wish.Kind.DEADLINE)
                    .setSubtaskFailed(wish.kind() == Wish.Kind.SUBTASK_FAILED));
        }
        var outcome = task.outcome();
        if (outcome != null) {
            record.setOutcome(write(outcome));
        }
        task.transitions().forEach(transition -> record.addTransitions(write(transition)));
        return record.build();
    }

    static Task read(TaskRecord record) {
        var birth = new Task.Birth(record.getOrder(), Instant.ofEpochMilli(record.getSubmittedMillis()),
                record.getSubmittedTime(), record.hasDeadline() ? record.getDeadline() : Step.NEVER);
        return new Task(SpecRecords.read(record.getAbout()), birth, record.getSeq(),
                record.getStepsList().stream().map(TaskRecords::read).toList(), record.getSuspended(),
                record.hasCancel() ? read(record.getCancel()) : null,
                record.hasOutcome() ? read(record.getOutcome()) : null,
                record.getTransitionsList().stream().map(TaskRecords::read).toList());
    }

    private static Wish read(CancelWishRecord wish) {
        var kind = wish.getForget()
                ? Wish.Kind.FORGET
                : wish.getDeadline()
                        ? Wish.Kind.DEADLINE
                        : wish.getSubtaskFailed() ? Wish.Kind.SUBTASK_FAILED : Wish.Kind.CANCEL;
        return new Wish(kind, wish.getReason());
    }

    private static StepRecord write(Step step) {
        var record = StepRecord.newBuilder()
                .setPath(step.path())
                .setPhase(switch (step.phase()) {
                    case WAITING -> PhaseRecord.STEP_WAITING;
                    case BACKOFF -> PhaseRecord.STEP_BACKOFF;
                    case ASSIGNED -> PhaseRecord.STEP_ASSIGNED;
                    case RUNNING -> PhaseRecord.STEP_RUNNING;
                    case CANCELLING -> PhaseRecord.STEP_CANCELLING;
                    case FINISHED -> PhaseRecord.STEP_FINISHED;
                    case SUSPENDED -> PhaseRecord.STEP_SUSPENDED;
                    case JOB_WANTED -> PhaseRecord.STEP_JOB_WANTED;
                    case JOB_RUNNING -> PhaseRecord.STEP_JOB_RUNNING;
                    case BLOCKED -> PhaseRecord.STEP_BLOCKED;
                    case DECIDING -> PhaseRecord.STEP_DECIDING;
                    case QUEUED -> PhaseRecord.STEP_QUEUED;
                })
                .setBegun(step.begun())
                .setStored(step.stored())
                .setCharged(step.charged())
                .setResumed(step.count().resumed())
                .setLostMillis(step.work().lostMillis())
                .setDeadline(step.deadline());
        if (step.assignment() != null) {
            record.setAssignment(AgentRecords.write(step.assignment()));
        }
        var progress = step.progress();
        if (progress != null) {
            record.setHasProgress(true).setProgressMessage(progress.message());
            if (progress.percent() != null) {
                record.setPercent(progress.percent());
            }
        }
        var checkpoint = step.checkpoint();
        if (checkpoint != null) {
            record.setHasCheckpoint(true)
                    .setCheckpointNumber(checkpoint.number())
                    .setCheckpointMillis(checkpoint.takenAt().toEpochMilli())
                    .setCheckpoint(ByteString.copyFrom(checkpoint.data().bytes()));
        }
        if (step.work().since() != Step.NEVER) {
            record.setSince(step.work().since());
        }
        if (step.startedAt() != null) {
            record.setStartedMillis(step.startedAt().toEpochMilli());
        }
        if (step.end() != null) {
            record.setEnd(FlowRecords.write(step.end()));
        }
        if (step.exitCode() != null) {
            record.setExitCode(step.exitCode());
        }
        return record.build();
    }

    private static Step read(StepRecord record) {
        var phase = switch (record.getPhase()) {
            case STEP_WAITING -> StepPhase.WAITING;
            case STEP_BACKOFF -> StepPhase.BACKOFF;
            case STEP_ASSIGNED -> StepPhase.ASSIGNED;
            case STEP_RUNNING -> StepPhase.RUNNING;
            case STEP_CANCELLING -> StepPhase.CANCELLING;
            case STEP_FINISHED -> StepPhase.FINISHED;
            case STEP_SUSPENDED -> StepPhase.SUSPENDED;
            case STEP_JOB_WANTED -> StepPhase.JOB_WANTED;
            case STEP_JOB_RUNNING -> StepPhase.JOB_RUNNING;
            case STEP_BLOCKED -> StepPhase.BLOCKED;
            case STEP_DECIDING -> StepPhase.DECIDING;
            case STEP_QUEUED -> StepPhase.QUEUED;
            case PHASE_UNSPECIFIED, UNRECOGNIZED -> throw SpecRecords.unknown("step phase", record.getPhaseValue());
        };
        var progress = record.getHasProgress()
                ? new Step.Progress(record.hasPercent() ? record.getPercent() : null, record.getProgressMessage())
                : null;
        var checkpoint = record.getHasCheckpoint()
                ? new Step.Checkpoint(record.getCheckpointNumber(), Blob.of(record.getCheckpoint().toByteArray()),
                        Instant.ofEpochMilli(record.getCheckpointMillis()))
                : null;
        var count = new Step.Count(record.getBegun(), record.getStored(), record.getCharged(), record.getResumed());
        var work = new Step.Work(checkpoint, record.hasSince() ? record.getSince() : Step.NEVER,
                record.getLostMillis());
        return new Step(record.getPath(), phase, count, record.getDeadline(),
                record.hasAssignment() ? AgentRecords.read(record.getAssignment()) : null, progress, work,
                record.hasStartedMillis() ? Instant.ofEpochMilli(record.getStartedMillis()) : null,
                record.hasExitCode() ? record.getExitCode() : null,
                record.hasEnd() ? FlowRecords.read(record.getEnd()) : null);
    }

    private static OutcomeRecord write(Outcome outcome) {
        var record = OutcomeRecord.newBuilder()
                .setPhase(switch (outcome.phase()) {
                    case COMPLETED -> EndRecord.END_COMPLETED;
                    case FAILED -> EndRecord.END_FAILED;
                    case CANCELLED -> EndRecord.END_CANCELLED;
                    case PENDING, RUNNING, SUSPENDED -> throw new IllegalStateException(outcome.phase() + " is no end");
                })
                .setTruncated(outcome.truncated())
                .setFinishedMillis(outcome.finishedAt().toEpochMilli())
                .setTime(outcome.time());
        if (outcome.result() != null) {
            record.setResult(outcome.result());
        }
        if (outcome.reason() != null) {
            record.setReason(outcome.reason());
        }
        if (outcome.message() != null) {
            record.setMessage(outcome.message());
        }
        return record.build();
    }

    private static Outcome read(OutcomeRecord record) {
        var phase = switch (record.getPhase()) {
            case END_COMPLETED -> TaskPhase.COMPLETED;
            case END_FAILED -> TaskPhase.FAILED;
            case END_CANCELLED -> TaskPhase.CANCELLED;
            case END_UNSPECIFIED, UNRECOGNIZED -> throw SpecRecords.unknown("outcome", record.getPhaseValue());
        };
        return new Outcome(phase, record.hasResult() ? record.getResult() : null, record.getTruncated(),
                record.hasReason() ? record.getReason() : null, record.hasMessage() ? record.getMessage() : null,
                Instant.ofEpochMilli(record.getFinishedMillis()), record.getTime());
    }

    private static TransitionRecord write(TaskTransition transition) {
        var record = TransitionRecord.newBuilder()
                .setSeq(transition.seq())
                .setAtMillis(transition.at().toEpochMilli())
                .setKind(transition.kind())
                .setAttempt(transition.attempt())
                .setMessage(transition.message());
        if (transition.agent() != null) {
            record.setAgent(transition.agent());
        }
        return record.build();
    }

    private static TaskTransition read(TransitionRecord record) {
        return new TaskTransition(record.getSeq(), Instant.ofEpochMilli(record.getAtMillis()), record.getKind(),
                record.hasAgent() ? record.getAgent() : null, record.getAttempt(), record.getMessage());
    }
}
