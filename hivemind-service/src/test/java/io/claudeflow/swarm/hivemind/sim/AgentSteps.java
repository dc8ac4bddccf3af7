package io.claudeflow.swarm.hivemind.sim;

import com.google.protobuf.ByteString;
import io.claudeflow.swarm.mesh.agent.v1.Accept;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.CancelStep;
import io.claudeflow.swarm.mesh.agent.v1.Checkpoint;
import io.claudeflow.swarm.mesh.agent.v1.HandBack;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.Progress;
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

/**
 * The steps of one process of an agent, as the agent's runtime keeps them: a step is begun once, its result is said again until it
 * is acknowledged, an older attempt gives way to a newer one.
 */
final class AgentSteps {
    private static final int LONGEST = 3_000;

    private final Swarm swarm;
    private final Host host;
    private final String agentUid;
    private final Predicate<AgentFrame> out;
    private final Map<Step, Run> running = new LinkedHashMap<>();
    private final Map<Step, StepResult> unacknowledged = new LinkedHashMap<>();
    private final List<AgentFrame> handBacks = new ArrayList<>();
    private final Set<Step> done = new HashSet<>();
    private final Set<Step> refused = new HashSet<>();
    private final Set<Step> begun = new HashSet<>();
    private final Set<Step> handedBack = new HashSet<>();
    private boolean draining;

    private record Run(boolean fenceKills) {}

    /** @param out sends a frame; false: there is no session at the moment, and the frame was dropped */
    AgentSteps(Swarm swarm, Host host, String agentUid, Predicate<AgentFrame> out) {
        this.swarm = swarm;
        this.host = host;
        this.agentUid = agentUid;
        this.out = out;
    }

    void assign(Assign assign, int most) {
        var step = assign.getStep();
        var result = unacknowledged.get(step);
        var others = running.keySet().stream().filter(known -> known.getTaskUid().equals(step.getTaskUid())).toList();
        if (running.containsKey(step)) {
            say(accept(step));
        } else if (result != null) {
            say(result(result));
        } else if (done.contains(step)) {
            reject(step, "the step is done and its result was acknowledged");
        } else if (handedBack.contains(step)) {
            say(handBack(step));
        } else if (begun.contains(step)) {
            reject(step, "the step was begun and discarded");
        } else if (refused.contains(step)) {
            reject(step, "the step was rejected before");
        } else if (draining) {
            reject(step, "the agent is draining");
        } else if (others.stream().anyMatch(known -> known.getAttempt() > step.getAttempt())) {
            reject(step, "a newer attempt of the same work runs here");
        } else if (running.size() - others.size() >= most) {
            reject(step, "the agent is busy");
        } else {
            others.forEach(running::remove);
            start(assign, step);
        }
    }

    private void start(Assign assign, Step step) {
        swarm.witness.began(step, assign.getFenceKills(),
                swarm.agents.stream().anyMatch(agent -> !agent.uid.equals(agentUid) && agent.runs(step)));
        var run = new Run(assign.getFenceKills());
        running.put(step, run);
        begun.add(step);
        say(accept(step));
        var time = swarm.time;
        long needs = time.between(5, LONGEST);
        if (time.oneIn(3)) {
            host.after(needs / 3, () -> progress(step, run));
        }
        long timeout = assign.getTimeoutMillis();
        var outcome = time.oneIn(10) ? Outcome.FAILED : Outcome.SUCCEEDED;
        boolean late = timeout > 0 && needs > timeout;
        host.after(late ? timeout : needs, () -> {
            if (running.get(step) == run) {
                end(step, late ? Outcome.TIMED_OUT : outcome);
            }
        });
    }

    private void progress(Step step, Run run) {
        if (running.get(step) == run) {
            say(AgentFrame.newBuilder()
                    .setProgress(Progress.newBuilder().setStep(step).setNumber(1).setPercent(33))
                    .build());
            say(AgentFrame.newBuilder()
                    .setCheckpoint(Checkpoint.newBuilder()
                            .setStep(step)
                            .setNumber(step.getAttempt())
                            .setData(ByteString.copyFromUtf8(agentUid)))
                    .build());
        }
    }

    private void end(Step step, Outcome outcome) {
        running.remove(step);
        var mark = Witness.mark(step.getTaskUid(), step.getPath(), step.getAttempt(), agentUid);
        var result = StepResult.newBuilder().setStep(step).setOutcome(outcome).setValue(mark).setMessage(mark).build();
        unacknowledged.put(step, result);
        say(result(result));
    }

    void cancel(CancelStep cancel) {
        var step = cancel.getStep();
        var run = running.get(step);
        var result = unacknowledged.get(step);
        if (run != null) {
            host.after(swarm.time.below(500), () -> {
                if (running.get(step) == run) {
                    end(step, Outcome.CANCELLED);
                }
            });
        } else if (result != null) {
            say(result(result));
        } else if (!done.contains(step)) {
            end(step, Outcome.CANCELLED);
        }
    }

    void acknowledged(ResultAck ack) {
        var step = ack.getStep();
        if (ack.getVerdict() == ResultAck.Verdict.FENCED) {
            running.remove(step);
        }
        var result = unacknowledged.remove(step);
        if (result != null) {
            done.add(step);
            if (ack.getVerdict() == ResultAck.Verdict.STORED) {
                swarm.witness.stored(result);
            }
        }
    }

    /** A leader has welcomed the agent: results first, then what runs. */
    void welcomed() {
        unacknowledged.values().stream().toList().forEach(result -> say(result(result)));
        handBacks.removeIf(out);
        running().forEach(step -> say(accept(step)));
    }

    /** No lease any more: kills what must not run twice. */
    void fence() {
        for (var step : running()) {
            var run = running.get(step);
            if (run != null && run.fenceKills()) {
                end(step, Outcome.CANCELLED);
            }
        }
    }

    /** Takes nothing more, and gives back what still runs after that time. */
    void drain(long millis) {
        draining = true;
        host.after(millis, () -> {
            for (var step : running()) {
                running.remove(step);
                handedBack.add(step);
                var back = handBack(step);
                if (!out.test(back)) {
                    handBacks.add(back);
                }
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

    private static AgentFrame handBack(Step step) {
        return AgentFrame.newBuilder().setHandBack(HandBack.newBuilder().setStep(step)).build();
    }

    private static AgentFrame accept(Step step) {
        return AgentFrame.newBuilder().setAccept(Accept.newBuilder().setStep(step)).build();
    }

    private static AgentFrame result(StepResult result) {
        return AgentFrame.newBuilder().setResult(result).build();
    }
}
