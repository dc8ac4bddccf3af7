package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.agent.executor.StepOutcome;
import io.claudeflow.swarm.agent.executor.StepRequest;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.agent.v1.Accept;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.HandBack;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.Progress;
import io.claudeflow.swarm.mesh.agent.v1.Reject;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.StepResult;
import java.time.Duration;

/** Between the protocol's messages and the executor's records. Pure. */
final class Frames {
    private Frames() {}

    static StepRequest request(Assign assign, String agent, TraceContext trace) {
        var timeout = assign.getTimeoutMillis() == 0 ? null : Duration.ofMillis(assign.getTimeoutMillis());
        return new StepRequest(assign.getName(), assign.getNamespace(), assign.getStep().getTaskUid(),
                assign.getStep().getAttempt(), agent, assign.getScript(), assign.getParametersMap(),
                assign.getEnvironmentMap(), timeout, Duration.ofMillis(assign.getGraceMillis()),
                assign.getLastPercent(), trace.header());
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
}
