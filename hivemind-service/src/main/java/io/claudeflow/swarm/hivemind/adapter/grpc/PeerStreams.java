package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.hivemind.port.AgentSessions;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.peer.v1.PeerFrames;
import io.claudeflow.swarm.mesh.peer.v1.PeerHello;
import io.claudeflow.swarm.mesh.peer.v1.PeerWelcome;
import io.vertx.core.Context;
import io.vertx.grpc.server.GrpcServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's side of the followers' links: lets in peers of the same group, epoch and secret, at most one link a replica (a
 * newer one replaces the older, whose sessions close first). While another replica leads, callers are told who and sent away.
 */
final class PeerStreams {
    private static final Logger LOG = LoggerFactory.getLogger(PeerStreams.class);

    private final Context context;
    private final GrpcAgentTransportConfig config;
    private final Map<Integer, PeerStream> peers = new HashMap<>();
    private @Nullable AgentSessions sessions;
    private int leader = -1;
    private long term;

    PeerStreams(Context context, GrpcAgentTransportConfig config) {
        this.context = context;
        this.config = config;
    }

    /** Who leads; {@code sessions} is null where this replica follows. Every link is opened anew. */
    void leader(int newLeader, long newTerm, @Nullable AgentSessions leading) {
        leader = newLeader;
        term = newTerm;
        sessions = leading;
        var links = List.copyOf(peers.values());
        peers.clear();
        // Sessions of a former term are not closed but forgotten: whoever heard them leads no more.
        links.forEach(PeerStream::forget);
    }

    void accept(GrpcServerRequest<PeerFrames, PeerFrames> request) {
        new PeerStream(context, request, this).open();
    }

    PeerWelcome welcome() {
        return PeerWelcome.newBuilder().setLeader(leader).setTerm(term).build();
    }

    /** Why a peer is not let in; null: it is. */
    @Nullable
    String refusal(PeerHello hello) {
        String reason = null;
        if (!same(hello.getSecret(), config.peerSecret())) {
            reason = "the peer's secret is not this group's";
        } else if (!hello.getGroupId().equals(config.groupId())) {
            reason = "the peer is of group " + hello.getGroupId() + ", this is " + config.groupId();
        } else if (hello.getEpoch() != config.epoch()) {
            reason = "the peer is in epoch " + hello.getEpoch() + ", this is " + config.epoch();
        } else if (hello.getReplica() == config.replica()) {
            reason = "replica " + hello.getReplica() + " is this one";
        }
        if (reason != null) {
            LOG.atWarn().addKeyValue("replica", hello.getReplica()).addKeyValue("reason", reason).log("peer refused");
        }
        return reason;
    }

    private static boolean same(String shown, String expected) {
        return MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    /** Admits a link; null: this replica does not lead. */
    @Nullable
    AgentSessions admit(int replica, PeerStream link) {
        if (sessions != null) {
            var former = peers.put(replica, link);
            if (former != null) {
                former.drop("a newer link of the same replica");
            }
        }
        return sessions;
    }

    void gone(int replica, PeerStream link) {
        peers.remove(replica, link);
    }

    void send(SessionId session, GatewayFrame frame) {
        var link = peers.get(session.replica());
        if (link != null) {
            link.send(session.connection(), frame);
        }
    }

    void close(SessionId session) {
        var link = peers.get(session.replica());
        if (link != null) {
            link.close(session.connection());
        }
    }
}
