package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.hivemind.port.AgentSessions;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.LeaseGrant;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A transport on a context of its own, and the hive-mind behind it: it hears frames and grants each heartbeat's sequence, as
 * a leader does.
 */
final class TestReplica implements AgentSessions {
    static final String GROUP = "5f0c";
    static final String SECRET = "peer-secret";

    final GrpcAgentTransport transport;
    final List<SessionId> open = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    /** Heartbeats heard, by the token that the agent introduced itself with. */
    final Map<String, List<Long>> heard = new ConcurrentHashMap<>();
    private final Map<SessionId, String> names = new ConcurrentHashMap<>();
    private final Context context;
    private final int replica;

    private TestReplica(Context context, GrpcAgentTransport transport, int replica) {
        this.context = context;
        this.transport = transport;
        this.replica = replica;
    }

    static TestReplica start(Vertx vertx, int replica, Map<Integer, TestReplica> group, String secret, long epoch) {
        var config = new GrpcAgentTransportConfig(replica, "127.0.0.1", 0, 0,
                peer -> SocketAddress.inetSocketAddress(Objects.requireNonNull(group.get(peer)).transport.peerPort(),
                        "127.0.0.1"),
                GROUP,
                epoch, secret);
        var context = ((VertxInternal) vertx).createEventLoopContext();
        var started = new TestReplica(context, new GrpcAgentTransport(vertx, config), replica);
        started.await(started.transport::start);
        group.put(replica, started);
        return started;
    }

    void leader(int leader, long term) {
        run(() -> transport.leader(leader, term, this));
    }

    void run(Runnable action) {
        await(() -> {
            action.run();
            return Future.succeededFuture();
        });
    }

    void stop() {
        await(() -> transport.stop(Duration.ofSeconds(1)));
    }

    private void await(Supplier<Future<Void>> action) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(_ -> action.get().onComplete(done));
        try {
            done.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("replica " + replica, e);
        }
    }

    @Override
    public void opened(SessionId session) {
        open.add(session);
        events.add("opened " + session.replica());
    }

    @Override
    public void frames(SessionId session, List<AgentFrame> frames) {
        if (!open.contains(session)) {
            throw new IllegalStateException("frames of a session that is not open: " + session);
        }
        for (var frame : frames) {
            if (frame.hasRegister()) {
                names.put(session, frame.getRegister().getToken());
            } else if (frame.hasHeartbeat()) {
                long sequence = frame.getHeartbeat().getSequence();
                heard.computeIfAbsent(names.getOrDefault(session, "nobody"), _ -> new CopyOnWriteArrayList<>())
                        .add(sequence);
                transport.send(session,
                        GatewayFrame.newBuilder()
                                .setLeaseGrant(LeaseGrant.newBuilder().setSequence(sequence))
                                .build());
            }
        }
    }

    @Override
    public void closed(SessionId session) {
        open.remove(session);
        events.add("closed " + session.replica());
    }
}
