package io.claudeflow.swarm.agent.session;

import com.google.protobuf.ByteString;
import io.claudeflow.swarm.agent.checkpoint.CheckpointSeries;
import io.claudeflow.swarm.agent.door.DoorCodes;
import io.claudeflow.swarm.agent.door.DoorKey;
import io.claudeflow.swarm.agent.door.Submission;
import io.claudeflow.swarm.agent.executor.Limits;
import io.claudeflow.swarm.agent.executor.Preparation;
import io.claudeflow.swarm.agent.executor.Pulse;
import io.claudeflow.swarm.agent.executor.StepOutcome;
import io.claudeflow.swarm.agent.executor.StepRequest;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.agent.v1.Accept;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.Checkpoint;
import io.claudeflow.swarm.mesh.agent.v1.HandBack;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.Progress;
import io.claudeflow.swarm.mesh.agent.v1.Reject;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.StepResult;
import io.claudeflow.swarm.mesh.agent.v1.SubmitTask;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the protocol's messages and the executor's records. Pure. */
final class Frames {
    private Frames() {}

    static StepRequest request(Assign assign, String agent, TraceContext trace, Pulse pulse, DoorKey door,
            Preparation preparation) {
        var limits = new Limits(duration(assign.getTimeoutMillis()), pulse,
                Duration.ofMillis(assign.getGraceMillis()));
        return new StepRequest(assign.getName(), assign.getNamespace(), assign.getStep().getTaskUid(),
                assign.getStep().getAttempt(), agent, assign.getScript(), assign.getParametersMap(),
                assign.getEnvironmentMap(), limits, assign.getLastPercent(), trace.header(), door, preparation);
    }

    /** 0 is no limit. */
    static @Nullable Duration duration(long millis) {
        return millis == 0 ? null : Duration.ofMillis(millis);
    }

    static StepResult result(Step step, StepOutcome outcome) {
        return StepResult.newBuilder()
                .setStep(step)
                .setOutcome(switch (outcome.end()) {
                    case SUCCEEDED -> Outcome.SUCCEEDED;
                    case FAILED -> Outcome.FAILED;
                    case TIMED_OUT -> Outcome.TIMED_OUT;
                    case CANCELLED -> Outcome.CANCELLED;
                    case NOT_STARTED -> Outcome.NOT_STARTED;
                })
                .setExitCode(outcome.exitCode())
                .setValue(outcome.value())
                .setTruncated(outcome.truncated())
                .setDurationMillis(outcome.duration().toMillis())
                .setMessage(outcome.message())
                .build();
    }

    static StepResult withoutRun(Step step, Outcome outcome, String message) {
        return StepResult.newBuilder().setStep(step).setOutcome(outcome).setExitCode(-1).setMessage(message).build();
    }

    static AgentFrame result(StepResult result) {
        return AgentFrame.newBuilder().setResult(result).build();
    }

    static AgentFrame accept(Step step) {
        return AgentFrame.newBuilder().setAccept(Accept.newBuilder().setStep(step)).build();
    }

    static AgentFrame reject(Step step, String reason) {
        return AgentFrame.newBuilder().setReject(Reject.newBuilder().setStep(step).setReason(reason)).build();
    }

    static AgentFrame progress(Step step, long number, int percent, String message) {
        return AgentFrame.newBuilder()
                .setProgress(Progress.newBuilder()
                        .setStep(step)
                        .setNumber(number)
                        .setPercent(percent)
                        .setMessage(message))
                .build();
    }

    static AgentFrame handBack(Step step) {
        return AgentFrame.newBuilder().setHandBack(HandBack.newBuilder().setStep(step)).build();
    }

    static AgentFrame checkpoint(Step step, CheckpointSeries.Saved saved) {
        return AgentFrame.newBuilder()
                .setCheckpoint(Checkpoint.newBuilder()
                        .setStep(step)
                        .setNumber(saved.number())
                        .setData(ByteString.copyFrom(saved.data().bytes())))
                .build();
    }

    static AgentFrame submit(Step step, long number, String name, Submission submission) {
        var frame = SubmitTask.newBuilder()
                .setStep(step)
                .setNumber(number)
                .setName(name)
                .setScript(submission.script())
                .putAllParameters(submission.parameters())
                .setAgentType(submission.agentType())
                .addAllRequiredCapabilities(submission.capabilities());
        submission.priority().ifPresent(frame::setPriority);
        return AgentFrame.newBuilder().setSubmitTask(frame).build();
    }

    /** A code of the house by its name; another hive-mind may know more of them than this agent. */
    static ErrorCode code(String name) {
        var known = List.of(ErrorCode.INVALID, ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND, ErrorCode.UNAVAILABLE,
                ErrorCode.EXHAUSTED, ErrorCode.INDETERMINATE, ErrorCode.INTERNAL, DoorCodes.FENCED,
                DoorCodes.TOO_LARGE);
        return known.stream().filter(code -> code.name().equals(name)).findFirst().orElseGet(() -> unknown(name));
    }

    private static ErrorCode unknown(String name) {
        try {
            return new ErrorCode(name, ErrorCode.Blame.USER);
        } catch (IllegalArgumentException noCode) {
            return ErrorCode.INTERNAL;
        }
    }
}
