package io.claudeflow.swarm.hivemind.sim;

import com.google.protobuf.ByteString;
import io.claudeflow.swarm.mesh.agent.v1.Accept;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.CancelStep;
import io.claudeflow.swarm.mesh.agent.v1.CheckpointAck;
import io.claudeflow.swarm.mesh.agent.v1.HandBack;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.Reject;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.StepResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one process of an agent, as the agent's runtime keeps them: a step is begun once, its result is said again until it
 * is acknowledged, an older attempt gives way to a newer one.
 */
final class AgentSteps {
    private final Swarm swarm;
    private final Host host;
    private final String agentUid;
    private final Predicate<AgentFrame> out;
    private final Map<Step, SimRun> running = new LinkedHashMap<>();
    /** The last words of those that have ended, the result or the hand-back at their end. */
    private final Map<Step, List<AgentFrame>> unacknowledged = new LinkedHashMap<>();
    private final Set<Step> done = new HashSet<>();
    private final Set<Step> refused = new HashSet<>();
    private final Set<Step> begun = new HashSet<>();
    private final Set<Step> handedBack = new HashSet<>();
    private final @Nullable Runnable exit;
    private boolean draining;

    /**
     * @param out  sends a frame; false: there is no session at the moment, and the frame was dropped
     * @param exit null: takes any number of steps; else one, and hears when that is done
     */
    AgentSteps(Swarm swarm, Host host, String agentUid, Predicate<AgentFrame> out, @Nullable Runnable exit) {
        this.exit = exit;
        this.swarm = swarm;
        this.host = host;
        this.agentUid = agentUid;
        this.out = out;
    }

    void assign(Assign assign, int most) {
        var step = assign.getStep();
        var words = unacknowledged.get(step);
        var others = running.keySet()
                .stream()
                .filter(known -> known.getTaskUid().equals(step.getTaskUid())
                        && known.getPath().equals(step.getPath()))
                .toList();
        if (running.containsKey(step)) {
            say(accept(step));
        } else if (words != null) {
            words.forEach(this::say);
        } else if (done.contains(step)) {
            reject(step, "the step is done and its result was acknowledged");
        } else if (handedBack.contains(step)) {
            say(handBack(step, ByteString.EMPTY));
        } else if (begun.contains(step)) {
            reject(step, "the step was begun and discarded");
        } else if (refused.contains(step)) {
            reject(step, "the step was rejected before");
        } else if (draining) {
            reject(step, "the agent is draining");
        } else if (exit != null && !begun.isEmpty()) {
            reject(step, "the agent was started for one step, and has taken it");
        } else if (others.stream().anyMatch(known -> known.getAttempt() > step.getAttempt())) {
            reject(step, "a newer attempt of the same work runs here");
        } else if (running.size() - others.size() >= most) {
            reject(step, "the agent is busy");
        } else {
            others.forEach(this::discard);
            start(assign, step);
        }
    }

    private void start(Assign assign, Step step) {
        swarm.witness.began(assign,
                swarm.everyone().stream().anyMatch(agent -> !agent.uid.equals(agentUid) && agent.runs(step)));
        if (assign.getResume()) {
            swarm.tally.count(Fault.RESUMED);
        }
        var run = new SimRun(assign, agentUid, this::say);
        running.put(step, run);
        begun.add(step);
        say(accept(step));
        run.start(swarm.time, host, assign.getTimeoutMillis(), outcome -> end(step, outcome));
    }

    /** The process dies. */
    void die() {
        running().forEach(this::discard);
    }

    private void discard(Step step) {
        var run = running.remove(step);
        if (run != null && !run.end().isEmpty()) {
            swarm.tally.count(Fault.CHECKPOINT_LOST);
        }
    }

    private void end(Step step, Outcome outcome) {
        if (outcome == Outcome.TIMED_OUT) {
            swarm.tally.count(Fault.RUN_TIMEOUT);
        }
        var mark = Witness.mark(step.getTaskUid(), step.getPath(), step.getAttempt(), agentUid);
        lastWords(step, AgentFrame.newBuilder()
                .setResult(StepResult.newBuilder().setStep(step).setOutcome(outcome).setValue(mark).setMessage(mark))
                .build());
    }

    private void lastWords(Step step, AgentFrame last) {
        var run = running.remove(step);
        var words = new ArrayList<>(run == null ? List.of() : run.end());
        words.add(last);
        unacknowledged.put(step, words);
        words.forEach(this::say);
    }

    void cancel(CancelStep cancel) {
        var step = cancel.getStep();
        var run = running.get(step);
        var words = unacknowledged.get(step);
        if (run != null) {
            host.after(swarm.time.below(500), () -> {
                if (running.get(step) == run) {
                    end(step, Outcome.CANCELLED);
                }
            });
        } else if (words != null) {
            words.forEach(this::say);
        } else if (!done.contains(step)) {
            end(step, Outcome.CANCELLED);
        }
    }

    void acknowledged(ResultAck ack) {
        var step = ack.getStep();
        if (ack.getVerdict() == ResultAck.Verdict.FENCED) {
            discard(step);
        }
        var words = unacknowledged.remove(step);
        if (words != null && words.size() > 1 && ack.getVerdict() == ResultAck.Verdict.FENCED) {
            swarm.tally.count(Fault.CHECKPOINT_LOST);
        }
        if (words != null && words.getLast().hasResult()) {
            done.add(step);
            if (ack.getVerdict() == ResultAck.Verdict.STORED) {
                swarm.witness.stored(words.getLast().getResult());
            }
        }
        if (exit != null && !begun.isEmpty() && running.isEmpty() && unacknowledged.isEmpty()) {
            exit.run();
        }
    }

    /** A checkpoint is in the ledger. */
    void acknowledged(CheckpointAck ack) {
        var run = running.get(ack.getStep());
        if (run != null) {
            swarm.witness.saved(ack.getStep(), ack.getNumber());
            run.acknowledged(ack.getNumber());
        }
    }

    /** A leader has welcomed the agent: results first, then what runs. */
    void welcomed() {
        List.copyOf(unacknowledged.values()).forEach(words -> words.forEach(this::say));
        running().forEach(step -> {
            say(accept(step));
            var run = running.get(step);
            if (run != null) {
                run.sayAgain();
            }
        });
    }

    /** No lease any more: kills what must not run twice. */
    void fence() {
        for (var step : running()) {
            var run = running.get(step);
            if (run != null && run.fenceKills) {
                end(step, Outcome.CANCELLED);
            }
        }
    }

    /** Takes nothing more, and gives back what still runs after that time. */
    void drain(long millis) {
        draining = true;
        host.after(millis, () -> {
            for (var step : running()) {
                var run = running.get(step);
                handedBack.add(step);
                // An agent of an older release gives its last checkpoint back with the step.
                lastWords(step, handBack(step, run != null && swarm.time.oneIn(4)
                        ? ByteString.copyFromUtf8(run.checkpoint())
                        : ByteString.EMPTY));
            }
        });
    }

    List<Step> running() {
        return List.copyOf(running.keySet());
    }

    private void say(AgentFrame frame) {
        var _ = out.test(frame);
    }

    private void reject(Step step, String reason) {
        refused.add(step);
        say(AgentFrame.newBuilder().setReject(Reject.newBuilder().setStep(step).setReason(reason)).build());
    }

    private static AgentFrame handBack(Step step, ByteString checkpoint) {
        return AgentFrame.newBuilder()
                .setHandBack(HandBack.newBuilder().setStep(step).setCheckpoint(checkpoint))
                .build();
    }

    private static AgentFrame accept(Step step) {
        return AgentFrame.newBuilder().setAccept(Accept.newBuilder().setStep(step)).build();
    }
}
