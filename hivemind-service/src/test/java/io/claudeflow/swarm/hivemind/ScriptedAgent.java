package io.claudeflow.swarm.hivemind;

import io.claudeflow.swarm.mesh.agent.v1.Accept;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrames;
import io.claudeflow.swarm.mesh.agent.v1.AgentGatewayGrpcClient;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrames;
import io.claudeflow.swarm.mesh.agent.v1.Heartbeat;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.Register;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.StepResult;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An agent over gRPC that does as a script says: null for a step keeps it running. Keeps results until they are acknowledged,
 * says them again to each leader that welcomes it, and finds another replica when its own is gone.
 */
final class ScriptedAgent {
    final List<Assign> assigned = new CopyOnWriteArrayList<>();
    final Map<Step, ResultAck.Verdict> verdicts = new ConcurrentHashMap<>();
    final List<String> refusals = new CopyOnWriteArrayList<>();
    volatile int welcomes;

    private final Vertx vertx;
    private final Context context;
    private final GrpcClient client;
    private final List<String> gateways;
    private final String token;
    private final String session = UUID.randomUUID().toString();
    private final Function<Assign, @Nullable Outcome> script;
    private final Map<Step, StepResult> unacknowledged = new LinkedHashMap<>();
    private final Map<Step, Assign> running = new LinkedHashMap<>();
    private @Nullable GrpcClientRequest<AgentFrames, GatewayFrames> stream;
    private int next;
    private long sequence;
    private volatile boolean silent;
    private volatile boolean stopped;

    ScriptedAgent(Vertx vertx, List<String> gateways, String token, Function<Assign, @Nullable Outcome> script) {
        this.vertx = vertx;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.client = GrpcClient.client(vertx, new GrpcClientOptions(),
                new HttpClientOptions().setHttp2ClearTextUpgrade(false).setConnectTimeout(500));
        this.gateways = gateways;
        this.token = token;
        this.script = script;
        context.runOnContext(_ -> connect());
        context.runOnContext(_ -> vertx.setPeriodic(100, _ -> beat()));
    }

    private void connect() {
        if (stopped) {
            return;
        }
        if (silent) {
            vertx.setTimer(50, _ -> connect());
            return;
        }
        var address = SocketAddress.inetSocketAddress(MeshPorts.GATEWAY, gateways.get(next++ % gateways.size()));
        client.request(address, AgentGatewayGrpcClient.Session).onSuccess(call -> {
            call.response().onSuccess(response -> {
                response.handler(frames -> frames.getFramesList().forEach(this::received));
                response.endHandler(_ -> again(call));
                response.exceptionHandler(_ -> again(call));
                response.errorHandler(_ -> again(call));
            }).onFailure(_ -> again(call));
            stream = call;
            say(AgentFrame.newBuilder()
                    .setRegister(Register.newBuilder()
                            .setToken(token)
                            .setSession(session)
                            .addAllRunning(running.keySet()))
                    .build());
        }).onFailure(_ -> vertx.setTimer(50, _ -> connect()));
    }

    private void again(GrpcClientRequest<AgentFrames, GatewayFrames> over) {
        if (stream == over) {
            stream = null;
            vertx.setTimer(50, _ -> connect());
        }
    }

    private void received(GatewayFrame frame) {
        if (silent) {
            return;
        }
        switch (frame.getBodyCase()) {
            case WELCOME -> {
                welcomes++;
                unacknowledged.values().forEach(this::say);
            }
            case REFUSED -> refusals.add(frame.getRefused().getCode());
            case ASSIGN -> assigned(frame.getAssign());
            case RESULT_ACK -> {
                unacknowledged.remove(frame.getResultAck().getStep());
                running.remove(frame.getResultAck().getStep());
                verdicts.put(frame.getResultAck().getStep(), frame.getResultAck().getVerdict());
            }
            case CANCEL_STEP -> finish(frame.getCancelStep().getStep(), Outcome.CANCELLED);
            case LEASE_GRANT, CHECKPOINT_ACK, DRAIN, BODY_NOT_SET -> {
                // Nothing to do for this agent.
            }
        }
    }

    private void assigned(Assign assign) {
        var step = assign.getStep();
        var result = unacknowledged.get(step);
        if (result != null) {
            say(result);
            return;
        }
        if (running.putIfAbsent(step, assign) != null || verdicts.containsKey(step)) {
            return;
        }
        assigned.add(assign);
        say(AgentFrame.newBuilder().setAccept(Accept.newBuilder().setStep(step)).build());
        var outcome = script.apply(assign);
        if (outcome != null) {
            finish(step, outcome);
        }
    }

    private void finish(Step step, Outcome outcome) {
        running.remove(step);
        var result = StepResult.newBuilder()
                .setStep(step)
                .setOutcome(outcome)
                .setExitCode(outcome == Outcome.SUCCEEDED ? 0 : 1)
                .setValue("did " + step.getTaskUid())
                .setDurationMillis(1)
                .build();
        unacknowledged.put(step, result);
        say(result);
    }

    /** Ends a step that the script kept running. */
    void end(Step step, Outcome outcome) {
        context.runOnContext(_ -> finish(step, outcome));
    }

    private void say(StepResult result) {
        say(AgentFrame.newBuilder().setResult(result).build());
    }

    private void say(AgentFrame frame) {
        var open = stream;
        if (open != null && !silent) {
            open.write(AgentFrames.newBuilder().addFrames(frame).build()).onFailure(_ -> again(open));
        }
    }

    private void beat() {
        say(AgentFrame.newBuilder().setHeartbeat(Heartbeat.newBuilder().setSequence(++sequence)).build());
    }

    /** Freezes the agent: it says and hears nothing, but its stream stays. */
    void freeze() {
        silent = true;
    }

    /** Goes on after {@link #freeze}. */
    void thaw() {
        context.runOnContext(_ -> {
            silent = false;
            unacknowledged.values().forEach(this::say);
        });
    }

    void stop() {
        stopped = true;
        context.runOnContext(_ -> client.close().onFailure(_ -> stream = null));
    }
}
