package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.grpc.Dial;
import io.claudeflow.swarm.mesh.peer.v1.PeerFrame;
import io.claudeflow.swarm.mesh.peer.v1.PeerFrames;
import io.claudeflow.swarm.mesh.peer.v1.PeerGatewayGrpcClient;
import io.claudeflow.swarm.mesh.peer.v1.PeerHello;
import io.claudeflow.swarm.mesh.peer.v1.PeerWelcome;
import io.claudeflow.swarm.mesh.peer.v1.SessionClosed;
import io.claudeflow.swarm.mesh.peer.v1.SessionFrames;
import io.vertx.core.Context;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a follower to the leader: hello, welcome, then the agents' frames both ways. Knows what it has sent of each stream;
 * what the leader acknowledges leaves the stream. Over once, with a reason.
 */
final class RelayCall {
    /** The replica that calls. */
    interface Owner {
        PeerHello hello();

        /** Streams that this replica holds, those of agents that have left among them while frames wait. */
        Collection<AgentStream> streams();

        @Nullable
        AgentStream stream(long connection);

        void acknowledged(AgentStream stream, long sequence);

        void deliver(SessionId session, List<GatewayFrame> frames);

        void close(SessionId session);
    }

    /** @param refused the leader does not want this replica, as it is, at all */
    record End(String reason, boolean refused) {}

    private final Context context;
    private final Owner owner;
    private final int leader;
    private final Consumer<End> over;
    private final Runnable opened;
    private final Map<AgentStream, Long> sent = new HashMap<>();
    private final long welcomeTimer;
    private final long silenceTimer;
    private @Nullable GrpcClientRequest<PeerFrames, PeerFrames> request;
    private @Nullable FrameWriter<PeerFrame, PeerFrames> writer;
    private boolean welcomed;
    private boolean ended;
    /** Since when the leader owes an acknowledgement; 0: it owes none. */
    private long unansweredSince;

    RelayCall(Context context, Owner owner, int leader, Consumer<End> over, Runnable opened) {
        this.context = context;
        this.owner = owner;
        this.leader = leader;
        this.over = over;
        this.opened = opened;
        var vertx = context.owner();
        welcomeTimer = vertx.setTimer(Limits.WELCOME, _ -> end("no welcome within " + Limits.WELCOME + " ms"));
        silenceTimer = vertx.setPeriodic(Limits.LINK_SILENCE / 3, _ -> checkSilence());
    }

    void start(GrpcClient client, SocketAddress address) {
        Dial.call(client, address, PeerGatewayGrpcClient.Relay)
                .onSuccess(this::greet)
                .onFailure(cause -> end(String.valueOf(cause.getMessage())));
    }

    private void greet(GrpcClientRequest<PeerFrames, PeerFrames> call) {
        if (ended) {
            call.cancel();
            return;
        }
        request = call;
        var frames = new FrameWriter<PeerFrame, PeerFrames>(context, call,
                gathered -> PeerFrames.newBuilder().addAllFrames(gathered).build(), Limits.PEER_WINDOW,
                Limits.PEER_QUEUE, reason -> end("the leader does not read the link: " + reason));
        writer = frames;
        call.exceptionHandler(cause -> end(String.valueOf(cause.getMessage())));
        call.response()
                .onSuccess(this::listen)
                .onFailure(cause -> end(String.valueOf(cause.getMessage())));
        frames.send(PeerFrame.newBuilder().setHello(owner.hello()).build());
    }

    private void listen(GrpcClientResponse<PeerFrames, PeerFrames> response) {
        response.handler(frames -> frames.getFramesList().forEach(this::received));
        response.exceptionHandler(cause -> end(String.valueOf(cause.getMessage())));
        response.errorHandler(error -> end("the stream was reset: " + error));
        response.endHandler(_ -> {
            if (response.status() == GrpcStatus.PERMISSION_DENIED) {
                var message = response.statusMessage();
                end(new End("the leader refuses this replica: "
                        + (message == null ? response.trailers().get("grpc-message") : message), true));
            } else {
                end("the leader ended the link");
            }
        });
    }

    private void received(PeerFrame frame) {
        if (ended) {
            return;
        }
        switch (frame.getBodyCase()) {
            case WELCOME -> welcomed(frame.getWelcome());
            case DOWN -> owner.deliver(session(frame.getDown().getConnection()),
                    frame.getDown().getToAgent().getFramesList());
            case CLOSED -> owner.close(session(frame.getClosed().getConnection()));
            case ACK -> {
                unansweredSince = 0;
                var stream = owner.stream(frame.getAck().getConnection());
                if (stream != null) {
                    owner.acknowledged(stream, frame.getAck().getSequence());
                }
            }
            default -> {
                // A frame of a newer release that this one does not know.
            }
        }
    }

    private SessionId session(long connection) {
        return new SessionId(owner.hello().getReplica(), connection);
    }

    private void welcomed(PeerWelcome welcome) {
        if (welcome.getLeader() != leader) {
            end("replica " + leader + " does not lead");
            return;
        }
        context.owner().cancelTimer(welcomeTimer);
        welcomed = true;
        opened.run();
        List.copyOf(owner.streams()).forEach(this::forward);
    }

    /** Sends what the stream holds and this call has not sent, and that it is closed, if it is. */
    void forward(AgentStream stream) {
        var frames = writer;
        if (!welcomed || ended || frames == null) {
            return;
        }
        var before = sent.get(stream);
        var uplink = stream.uplink();
        var unsent = before == null ? uplink.fromTheStart() : uplink.after(before);
        if (!unsent.isEmpty()) {
            sent.put(stream, uplink.last());
            if (unansweredSince == 0) {
                unansweredSince = System.nanoTime();
            }
            for (var numbered : unsent) {
                frames.send(PeerFrame.newBuilder()
                        .setUp(SessionFrames.newBuilder()
                                .setConnection(stream.id().connection())
                                .setSequence(numbered.sequence())
                                .setFromAgent(numbered.frames()))
                        .build());
            }
        }
        if (stream.closed() && sent.remove(stream) != null) {
            frames.send(PeerFrame.newBuilder()
                    .setClosed(SessionClosed.newBuilder().setConnection(stream.id().connection()))
                    .build());
        }
    }

    private void checkSilence() {
        if (unansweredSince != 0 && System.nanoTime() - unansweredSince > Limits.LINK_SILENCE * 1_000_000) {
            var call = request;
            end("the leader has acknowledged nothing for " + Limits.LINK_SILENCE + " ms");
            if (call != null) {
                // The next call must not take the same, possibly half-open, connection.
                call.connection().close().onFailure(_ -> {});
            }
        }
    }

    void end(String reason) {
        end(new End(reason, false));
    }

    private void end(End end) {
        if (ended) {
            return;
        }
        ended = true;
        context.owner().cancelTimer(welcomeTimer);
        context.owner().cancelTimer(silenceTimer);
        if (writer != null) {
            writer.stop();
        }
        if (request != null) {
            request.cancel();
        }
        over.accept(end);
    }
}
