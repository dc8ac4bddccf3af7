package io.claudeflow.swarm.hivemind.leader;

import com.google.protobuf.ByteString;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand.Ending;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Verdict;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.CancelStep;
import io.claudeflow.swarm.mesh.agent.v1.CheckpointAck;
import io.claudeflow.swarm.mesh.agent.v1.Drain;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.LeaseGrant;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.Refused;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.Welcome;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Between the agents' protocol and the ledger's records. Pure. */
final class Frames {
    private final long epoch;

    Frames(long epoch) {
        this.epoch = epoch;
    }

    /** Whether a step is of this ledger. */
    boolean current(Step step) {
        return step.getEpoch() == epoch;
    }

    static StepKey key(Step step) {
        return new StepKey(step.getTaskUid(), step.getPath(), step.getAttempt());
    }

    Step step(StepKey key) {
        return Step.newBuilder()
                .setTaskUid(key.taskUid())
                .setPath(key.path())
                .setAttempt(key.attempt())
                .setEpoch(epoch)
                .build();
    }

    static GatewayFrame welcome(String uid, String name, int max, LeaderConfig config) {
        return GatewayFrame.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setAgentUid(uid)
                        .setAgentName(name)
                        .setMaxConcurrentTasks(max)
                        .setHeartbeatMillis(config.heartbeat().toMillis())
                        .setFenceMillis(config.fenceMillis()))
                .build();
    }

    static GatewayFrame refused(String code, String message) {
        return GatewayFrame.newBuilder().setRefused(Refused.newBuilder().setCode(code).setMessage(message)).build();
    }

    static GatewayFrame lease(long sequence) {
        return GatewayFrame.newBuilder().setLeaseGrant(LeaseGrant.newBuilder().setSequence(sequence)).build();
    }

    static GatewayFrame drain(long millis) {
        return GatewayFrame.newBuilder().setDrain(Drain.newBuilder().setDeadlineMillis(millis)).build();
    }

    GatewayFrame cancel(StepKey key, String reason, long graceMillis) {
        return GatewayFrame.newBuilder()
                .setCancelStep(
                        CancelStep.newBuilder().setStep(step(key)).setReason(reason).setGraceMillis(graceMillis))
                .build();
    }

    static GatewayFrame ack(Step step, Verdict.Kind verdict) {
        return GatewayFrame.newBuilder()
                .setResultAck(ResultAck.newBuilder().setStep(step).setVerdict(switch (verdict) {
                    case STORED -> ResultAck.Verdict.STORED;
                    case DUPLICATE -> ResultAck.Verdict.DUPLICATE;
                    case FENCED -> ResultAck.Verdict.FENCED;
                }))
                .build();
    }

    /** Tells an agent that a step is not its any more. */
    GatewayFrame fenced(StepKey key) {
        return ack(step(key), Verdict.Kind.FENCED);
    }

    static GatewayFrame checkpointAck(Step step, long number) {
        return GatewayFrame.newBuilder()
                .setCheckpointAck(CheckpointAck.newBuilder().setStep(step).setNumber(number))
                .build();
    }

    GatewayFrame assign(Task task, io.claudeflow.swarm.hivemind.ledger.Step step) {
        var spec = task.spec().at(step.path());
        var assign = Assign.newBuilder()
                .setStep(step(task.key(step)))
                .setNamespace(task.about().namespace())
                .setName(task.about().name())
                .setExecutor(spec.executor())
                .setScript(spec.script())
                .putAllParameters(spec.parameters())
                .putAllEnvironment(spec.environment())
                .putAllEnvironment(FlowVariables.of(task, step.path()))
                .setTimeoutMillis(millis(spec.timeouts().run()))
                .setHeartbeatTimeoutMillis(millis(spec.timeouts().heartbeat()))
                .setGraceMillis(spec.timeouts().grace().toMillis())
                .setFenceKills(spec.retries().onLost() == OnLost.NEVER)
                .setTraceparent(task.about().traceparent());
        var resume = spec.resume();
        assign.setCheckpointIntervalMillis(millis(resume.interval())).addAllCheckpointPaths(resume.paths());
        var checkpoint = step.checkpoint();
        if (checkpoint != null) {
            assign.setCheckpointNumber(checkpoint.number()).setResume(resume.enabled());
        }
        if (checkpoint != null && resume.enabled()) {
            assign.setCheckpoint(ByteString.copyFrom(checkpoint.data().bytes()));
        }
        var progress = step.progress();
        if (progress != null && progress.percent() != null) {
            assign.setLastPercent(progress.percent());
        }
        return GatewayFrame.newBuilder().setAssign(assign).build();
    }

    /** 0: no limit. */
    private static long millis(@Nullable Duration duration) {
        return duration == null ? 0 : Math.max(1, duration.toMillis());
    }

    static Ending ending(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> Ending.SUCCEEDED;
            case TIMED_OUT -> Ending.TIMED_OUT;
            case CANCELLED -> Ending.CANCELLED;
            case NOT_STARTED -> Ending.NOT_STARTED;
            case FAILED, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> Ending.FAILED;
        };
    }
}
