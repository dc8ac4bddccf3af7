package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrames;
import io.claudeflow.swarm.mesh.agent.v1.AgentGatewayGrpcClient;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrames;
import io.claudeflow.swarm.mesh.agent.v1.Heartbeat;
import io.claudeflow.swarm.mesh.agent.v1.Register;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An agent's side of a stream: a Register, then heartbeats by number; keeps the grants it is sent. */
final class TestAgent {
    final List<Long> granted = new CopyOnWriteArrayList<>();
    private final Context context;
    private final GrpcClient client;
    private final boolean reads;
    private volatile @Nullable GrpcClientRequest<AgentFrames, GatewayFrames> request;
    private volatile @Nullable GrpcClientResponse<AgentFrames, GatewayFrames> response;
    private volatile boolean ended;

    private TestAgent(Vertx vertx, boolean reads) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.client = GrpcClient.client(vertx, new GrpcClientOptions().setMaxMessageSize(4 << 20),
                new HttpClientOptions().setHttp2ClearTextUpgrade(false));
        this.reads = reads;
    }

    static TestAgent connect(Vertx vertx, TestReplica replica, String token, boolean reads) {
        var agent = new TestAgent(vertx, reads);
        var address = SocketAddress.inetSocketAddress(replica.transport.gatewayPort(), "127.0.0.1");
        agent.context.runOnContext(
                _ -> agent.client.request(address, AgentGatewayGrpcClient.Session).onSuccess(call -> {
                    agent.request = call;
                    call.response().onSuccess(agent::listen).onFailure(_ -> agent.ended = true);
                    call.write(AgentFrames.newBuilder()
                            .addFrames(AgentFrame.newBuilder().setRegister(Register.newBuilder().setToken(token)))
                            .build()).onFailure(_ -> agent.ended = true);
                }).onFailure(_ -> agent.ended = true));
        return agent;
    }

    private void listen(GrpcClientResponse<AgentFrames, GatewayFrames> stream) {
        response = stream;
        stream.handler(frames -> frames.getFramesList()
                .stream()
                .filter(frame -> frame.hasLeaseGrant())
                .forEach(frame -> granted.add(frame.getLeaseGrant().getSequence())));
        stream.endHandler(_ -> ended = true);
        stream.exceptionHandler(_ -> ended = true);
        stream.errorHandler(_ -> ended = true);
        if (!reads) {
            stream.pause();
        }
    }

    void beat(long from, long to) {
        beat(from, to, "");
    }

    /** Each beat carries that text as its token. */
    void beat(long from, long to, String token) {
        context.runOnContext(_ -> {
            for (long sequence = from; sequence <= to; sequence++) {
                stream().write(AgentFrames.newBuilder()
                        .addFrames(
                                AgentFrame.newBuilder()
                                        .setHeartbeat(Heartbeat.newBuilder().setSequence(sequence).setToken(token)))
                        .build()).onFailure(_ -> ended = true);
            }
        });
    }

    void leave() {
        context.runOnContext(_ -> stream().end().onFailure(_ -> ended = true));
    }

    private GrpcClientRequest<AgentFrames, GatewayFrames> stream() {
        var open = request;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        return open;
    }

    boolean connected() {
        return response != null && !ended;
    }

    boolean ended() {
        return ended;
    }
}
