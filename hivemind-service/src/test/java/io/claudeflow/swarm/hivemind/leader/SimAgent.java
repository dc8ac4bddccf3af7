package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.port.AgentSessions;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.Accept;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.Heartbeat;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.Progress;
import io.claudeflow.swarm.mesh.agent.v1.Register;
import io.claudeflow.swarm.mesh.agent.v1.Reject;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.StepResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An agent in virtual time: works, keeps results until they are acknowledged, loses its stream, freezes and dies. */
final class SimAgent {
    /** How often each task was begun, by all agents. */
    static final class Begun extends HashMap<String, Integer> {
        private static final long serialVersionUID = 1L;
    }

    final Begun begun = new Begun();
    private final World world;
    private final String token;
    private final int most;
    private final Map<Step, Integer> running = new LinkedHashMap<>();
    private final Map<Step, StepResult> unacknowledged = new LinkedHashMap<>();
    private final Set<Step> done = new HashSet<>();
    private final ArrayDeque<AgentFrame> notTaken = new ArrayDeque<>();
    private @Nullable SessionId connection;
    private @Nullable AgentFrame introduction;
    private int process;
    private int runs;
    private long connections;
    private long beats;
    private long lastUp;
    private long lastDown;
    private boolean welcomed;
    private boolean frozen;
    private boolean dead;

    SimAgent(World world, String token, int most) {
        this.world = world;
        this.token = token;
        this.most = most;
    }

    void start() {
        connect();
        beat();
    }

    private void connect() {
        if (dead || connection != null) {
            return;
        }
        var id = new SessionId(0, token.hashCode() * 100_000L + ++connections);
        connection = id;
        welcomed = false;
        notTaken.clear();
        var register = AgentFrame.newBuilder()
                .setRegister(Register.newBuilder()
                        .setToken(token)
                        .setSession(token + "/" + process)
                        .addAllRunning(running.keySet()))
                .build();
        introduction = register;
        var leading = world.leading();
        if (leading != null) {
            leading.opened(id);
            leading.frame(id, register);
        }
        world.after(10_000, () -> {
            if (id.equals(connection) && !welcomed) {
                lose();
            }
        });
    }

    /** A new leader hears who this is, and what nobody has taken. */
    void introduce(AgentSessions sessions) {
        var id = connection;
        var first = introduction;
        if (id != null && first != null) {
            sessions.opened(id);
            sessions.frames(id, List.of(first));
            var waiting = new ArrayList<>(notTaken);
            notTaken.clear();
            if (!waiting.isEmpty()) {
                sessions.frames(id, waiting);
            }
        }
    }

    /** Frames of one stream keep their order. */
    private long travel(boolean up) {
        long arrives = Math.max(world.now() + world.random.nextInt(1, 4), up ? lastUp : lastDown);
        if (up) {
            lastUp = arrives;
        } else {
            lastDown = arrives;
        }
        return arrives - world.now();
    }

    private void say(AgentFrame frame) {
        var id = connection;
        if (id == null || !welcomed || frozen) {
            return;
        }
        world.after(travel(true), () -> {
            if (!id.equals(connection)) {
                return;
            }
            var leading = world.leading();
            if (leading == null) {
                notTaken.add(frame);
            } else {
                leading.frame(id, frame);
            }
        });
    }

    private void beat() {
        world.after(1_000, () -> {
            say(AgentFrame.newBuilder().setHeartbeat(Heartbeat.newBuilder().setSequence(++beats)).build());
            beat();
        });
    }

    void deliver(SessionId to, GatewayFrame frame) {
        if (!to.equals(connection)) {
            return;
        }
        world.after(travel(false), () -> {
            if (to.equals(connection) && !frozen) {
                received(frame);
            }
        });
    }

    private void received(GatewayFrame frame) {
        switch (frame.getBodyCase()) {
            case WELCOME -> {
                welcomed = true;
                unacknowledged.values().forEach(this::say);
                running.keySet().forEach(step -> say(accept(step)));
            }
            case ASSIGN -> assigned(frame.getAssign());
            case RESULT_ACK -> {
                var step = frame.getResultAck().getStep();
                if (frame.getResultAck().getVerdict() == ResultAck.Verdict.FENCED) {
                    running.remove(step);
                }
                if (unacknowledged.remove(step) != null) {
                    done.add(step);
                }
            }
            case CANCEL_STEP -> finish(frame.getCancelStep().getStep(), Outcome.CANCELLED);
            case REFUSED, LEASE_GRANT, CHECKPOINT_ACK, DRAIN, BODY_NOT_SET -> {
                // Nothing to do for this agent.
            }
        }
    }

    private void assigned(Assign assign) {
        var step = assign.getStep();
        var result = unacknowledged.get(step);
        if (running.containsKey(step)) {
            say(accept(step));
        } else if (result != null) {
            say(result);
        } else if (done.contains(step) || running.size() >= most) {
            say(AgentFrame.newBuilder().setReject(Reject.newBuilder().setStep(step).setReason("busy")).build());
        } else {
            begun.merge(step.getTaskUid(), 1, Integer::sum);
            int run = ++runs;
            running.put(step, run);
            say(accept(step));
            say(AgentFrame.newBuilder()
                    .setProgress(Progress.newBuilder().setStep(step).setNumber(1).setPercent(50))
                    .build());
            boolean fails = !assign.getFenceKills() && world.random.nextInt(10) == 0;
            world.after(world.random.nextInt(5, 3_000), () -> {
                if (Integer.valueOf(run).equals(running.get(step))) {
                    finish(step, fails ? Outcome.FAILED : Outcome.SUCCEEDED);
                }
            });
        }
    }

    private static AgentFrame accept(Step step) {
        return AgentFrame.newBuilder().setAccept(Accept.newBuilder().setStep(step)).build();
    }

    private void finish(Step step, Outcome outcome) {
        running.remove(step);
        if (!done.contains(step)) {
            var result = StepResult.newBuilder().setStep(step).setOutcome(outcome).setValue("r").build();
            unacknowledged.putIfAbsent(step, result);
            say(unacknowledged.getOrDefault(step, result));
        }
    }

    private void say(StepResult result) {
        say(AgentFrame.newBuilder().setResult(result).build());
    }

    void closedByGateway(SessionId id) {
        if (id.equals(connection)) {
            connection = null;
            world.after(100, this::connect);
        }
    }

    /** The stream breaks; a new one is opened. */
    void lose() {
        var id = connection;
        if (id != null) {
            connection = null;
            var leading = world.leading();
            if (leading != null) {
                leading.closed(id);
            }
            world.after(world.random.nextInt(50, 500), this::connect);
        }
    }

    /** Says and hears nothing for a while, but works on. */
    void freeze(long millis) {
        frozen = true;
        world.after(millis, () -> {
            frozen = false;
            lose();
        });
    }

    /** The process dies with all it knows; another one starts in the same pod. */
    void die() {
        running.clear();
        unacknowledged.clear();
        done.clear();
        dead = true;
        lose();
        world.after(world.random.nextInt(100, 10_000), () -> {
            dead = false;
            process++;
            connect();
        });
    }
}
