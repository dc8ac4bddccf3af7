package io.claudeflow.swarm.benchmarks.ledger;

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
import io.claudeflow.swarm.mesh.agent.v1.StepResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An agent that accepts each step and has done it in the same breath. Frames of one tick leave together. */
final class NoopAgent {
    private static final long HEARTBEAT = 1_000;
    private static final long AGAIN = 200;

    private final Vertx vertx;
    private final Context context;
    private final GrpcClient client;
    private final SocketAddress gateway;
    private final String token;
    private final String session = UUID.randomUUID().toString();
    private @Nullable GrpcClientRequest<AgentFrames, GatewayFrames> stream;
    private AgentFrames.Builder gathered = AgentFrames.newBuilder();
    private long beats;

    /** Connects on the present context, again and again. */
    NoopAgent(Vertx vertx, GrpcClient client, SocketAddress gateway, String token) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.gateway = gateway;
        this.token = token;
        connect();
        vertx.setPeriodic(HEARTBEAT, _ -> beat());
    }

    private void connect() {
        client.request(gateway, AgentGatewayGrpcClient.Session).onSuccess(call -> {
            stream = call;
            call.response().onSuccess(response -> {
                response.handler(frames -> frames.getFramesList().forEach(this::received));
                response.endHandler(_ -> over(call));
                response.exceptionHandler(_ -> over(call));
                response.errorHandler(_ -> over(call));
            }).onFailure(_ -> over(call));
            say(AgentFrame.newBuilder()
                    .setRegister(Register.newBuilder().setToken(token).setSession(session))
                    .build());
        }).onFailure(_ -> vertx.setTimer(AGAIN, _ -> connect()));
    }

    private void over(GrpcClientRequest<AgentFrames, GatewayFrames> call) {
        if (stream == call) {
            stream = null;
            vertx.setTimer(AGAIN, _ -> connect());
        }
    }

    private void received(GatewayFrame frame) {
        if (frame.hasAssign()) {
            done(frame.getAssign());
        }
    }

    private void done(Assign assign) {
        say(AgentFrame.newBuilder().setAccept(Accept.newBuilder().setStep(assign.getStep())).build());
        say(AgentFrame.newBuilder()
                .setResult(StepResult.newBuilder()
                        .setStep(assign.getStep())
                        .setOutcome(Outcome.SUCCEEDED)
                        .setValue("done"))
                .build());
    }

    private void beat() {
        say(AgentFrame.newBuilder().setHeartbeat(Heartbeat.newBuilder().setSequence(++beats)).build());
    }

    private void say(AgentFrame frame) {
        if (gathered.getFramesCount() == 0) {
            context.runOnContext(_ -> flush());
        }
        gathered.addFrames(frame);
    }

    private void flush() {
        var frames = gathered.build();
        gathered = AgentFrames.newBuilder();
        var open = stream;
        if (open != null) {
            open.write(frames).onFailure(_ -> over(open));
        }
    }
}
