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
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import java.time.Instant;

/** Tasks as records of the file format, both ways. */
final class TaskRecords {
    private TaskRecords() {}

    static TaskRecord write(Task task) {
        var record = TaskRecord.newBuilder()
                .setAbout(SpecRecords.write(task.about()))
                .setOrder(task.order())
                .setSeq(task.seq())
                .setSubmittedMillis(task.submittedAt().toEpochMilli());
        task.steps().forEach(step -> record.addSteps(write(step)));
        var cancel = task.cancel();
        if (cancel != null) {
            record.setCancel(CancelWishRecord.newBuilder().setReason(cancel.reason()).setForget(cancel.forget()));
        }
        var outcome = task.outcome();
        if (outcome != null) {
            record.setOutcome(write(outcome));
        }
        task.transitions().forEach(transition -> record.addTransitions(write(transition)));
        return record.build();
    }

    static Task read(TaskRecord record) {
        return new Task(SpecRecords.read(record.getAbout()), record.getOrder(), record.getSeq(),
                Instant.ofEpochMilli(record.getSubmittedMillis()),
                record.getStepsList().stream().map(TaskRecords::read).toList(),
                record.hasCancel()
                        ? new Task.Cancel(record.getCancel().getReason(), record.getCancel().getForget())
                        : null,
                record.hasOutcome() ? read(record.getOutcome()) : null,
                record.getTransitionsList().stream().map(TaskRecords::read).toList());
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
                })
                .setBegun(step.begun())
                .setStored(step.stored())
                .setCharged(step.charged())
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
                    .setCheckpoint(ByteString.copyFrom(checkpoint.data().bytes()));
        }
        if (step.startedAt() != null) {
            record.setStartedMillis(step.startedAt().toEpochMilli());
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
            case PHASE_UNSPECIFIED, UNRECOGNIZED -> throw SpecRecords.unknown("step phase", record.getPhaseValue());
        };
        var progress = record.getHasProgress()
                ? new Step.Progress(record.hasPercent() ? record.getPercent() : null, record.getProgressMessage())
                : null;
        var checkpoint = record.getHasCheckpoint()
                ? new Step.Checkpoint(record.getCheckpointNumber(), Blob.of(record.getCheckpoint().toByteArray()))
                : null;
        return new Step(record.getPath(), phase, record.getBegun(), record.getStored(), record.getCharged(),
                record.getDeadline(), record.hasAssignment() ? AgentRecords.read(record.getAssignment()) : null,
                progress, checkpoint,
                record.hasStartedMillis() ? Instant.ofEpochMilli(record.getStartedMillis()) : null,
                record.hasExitCode() ? record.getExitCode() : null);
    }

    private static OutcomeRecord write(Outcome outcome) {
        var record = OutcomeRecord.newBuilder()
                .setPhase(switch (outcome.phase()) {
                    case COMPLETED -> EndRecord.END_COMPLETED;
                    case FAILED -> EndRecord.END_FAILED;
                    case CANCELLED -> EndRecord.END_CANCELLED;
                    case PENDING, RUNNING -> throw new IllegalStateException(outcome.phase() + " is no end");
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
