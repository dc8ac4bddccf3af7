package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.hivemind.port.AgentSessions;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrames;
import io.claudeflow.swarm.mesh.peer.v1.FramesAck;
import io.claudeflow.swarm.mesh.peer.v1.PeerFrame;
import io.claudeflow.swarm.mesh.peer.v1.PeerFrames;
import io.claudeflow.swarm.mesh.peer.v1.PeerHello;
import io.claudeflow.swarm.mesh.peer.v1.SessionClosed;
import io.claudeflow.swarm.mesh.peer.v1.SessionFrames;
import io.vertx.core.Context;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One follower's link, on the leader: its agents' sessions open with their first frames and close with the link. */
final class PeerStream {
    private static final Logger LOG = LoggerFactory.getLogger(PeerStream.class);

    private final Context context;
    private final GrpcServerRequest<PeerFrames, PeerFrames> request;
    private final GrpcServerResponse<PeerFrames, PeerFrames> response;
    private final PeerStreams peers;
    private final FrameWriter<PeerFrame, PeerFrames> writer;
    private final Set<SessionId> opened = new HashSet<>();
    private final Map<Long, Long> acknowledgements = new LinkedHashMap<>();
    private final long helloTimer;
    private int replica = -1;
    private @Nullable AgentSessions sessions;
    private boolean closed;

    PeerStream(Context context, GrpcServerRequest<PeerFrames, PeerFrames> request, PeerStreams peers) {
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.peers = peers;
        this.writer = new FrameWriter<>(context, response,
                frames -> PeerFrames.newBuilder().addAllFrames(frames).build(), Limits.PEER_WINDOW, Limits.PEER_QUEUE,
                reason -> drop("the follower does not read its link: " + reason));
        this.helloTimer = context.owner()
                .setTimer(Limits.FIRST_FRAME, _ -> refuse("no hello within " + Limits.FIRST_FRAME + " ms"));
    }

    void open() {
        request.handler(frames -> frames.getFramesList().forEach(this::received));
        request.endHandler(_ -> drop("the follower ended it"));
        request.exceptionHandler(cause -> drop(String.valueOf(cause.getMessage())));
        request.errorHandler(error -> drop("reset: " + error));
        response.exceptionHandler(cause -> drop(String.valueOf(cause.getMessage())));
    }

    private void received(PeerFrame frame) {
        if (closed) {
            return;
        }
        var heard = sessions;
        if (frame.hasHello() && heard == null) {
            greeted(frame.getHello());
        } else if (heard == null) {
            refuse("the first frame is not a hello");
        } else if (frame.hasUp()) {
            heard(heard, frame.getUp());
        } else if (frame.hasClosed()) {
            var session = new SessionId(replica, frame.getClosed().getConnection());
            if (opened.remove(session)) {
                heard.closed(session);
            }
        }
    }

    private void greeted(PeerHello hello) {
        var refusal = peers.refusal(hello);
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        context.owner().cancelTimer(helloTimer);
        replica = hello.getReplica();
        sessions = peers.admit(replica, this);
        writer.send(PeerFrame.newBuilder().setWelcome(peers.welcome()).build());
        if (sessions == null) {
            end();
        } else {
            LOG.atInfo().addKeyValue("replica", replica).log("a follower's agents are heard");
        }
    }

    private void heard(AgentSessions heard, SessionFrames up) {
        var session = new SessionId(replica, up.getConnection());
        if (opened.add(session)) {
            heard.opened(session);
        }
        heard.frames(session, up.getFromAgent().getFramesList());
        if (up.getSequence() != UnacknowledgedFrames.UNNUMBERED) {
            if (acknowledgements.isEmpty()) {
                context.runOnContext(_ -> acknowledge());
            }
            acknowledgements.put(up.getConnection(), up.getSequence());
        }
    }

    private void acknowledge() {
        acknowledgements.forEach((connection, sequence) -> writer.send(PeerFrame.newBuilder()
                .setAck(FramesAck.newBuilder().setConnection(connection).setSequence(sequence))
                .build()));
        acknowledgements.clear();
    }

    void send(long connection, GatewayFrame frame) {
        writer.send(PeerFrame.newBuilder()
                .setDown(SessionFrames.newBuilder()
                        .setConnection(connection)
                        .setToAgent(GatewayFrames.newBuilder().addFrames(frame)))
                .build());
    }

    void close(long connection) {
        writer.send(
                PeerFrame.newBuilder().setClosed(SessionClosed.newBuilder().setConnection(connection)).build());
    }

    /** Ends the link without a word to the sessions: another leader hears them from now on. */
    void forget() {
        opened.clear();
        drop("another term has begun");
    }

    /** Ends the link; its sessions close. */
    void drop(String reason) {
        if (closed) {
            return;
        }
        if (sessions != null) {
            LOG.atInfo().addKeyValue("replica", replica).addKeyValue("reason", reason).log("a follower's link is down");
        }
        closed();
        writer.stop();
        response.cancel();
    }

    private void refuse(String reason) {
        if (!closed) {
            closed();
            response.status(GrpcStatus.PERMISSION_DENIED).statusMessage(reason).end().onFailure(_ -> response.cancel());
        }
    }

    private void end() {
        closed();
        writer.finish();
        response.end().onFailure(_ -> response.cancel());
    }

    private void closed() {
        closed = true;
        context.owner().cancelTimer(helloTimer);
        peers.gone(replica, this);
        var heard = sessions;
        if (heard != null) {
            var sessionsOfLink = List.copyOf(opened);
            opened.clear();
            sessionsOfLink.forEach(heard::closed);
        }
    }
}
