package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.port.AgentSessions;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The leader's end of a follower's link: its agents' sessions open with their first frames and close with the link. */
final class PeerEnd {
    private final AgentSessions sessions;
    private final int follower;
    private final Connection.End end;
    private final FollowerLink.Call call;
    private final Gateway gateway;
    private final Set<SessionId> opened = new LinkedHashSet<>();
    private boolean closed;

    PeerEnd(AgentSessions sessions, int follower, Connection.End end, FollowerLink.Call call, Gateway gateway) {
        this.sessions = sessions;
        this.follower = follower;
        this.end = end;
        this.call = call;
        this.gateway = gateway;
        end.onClosed(this::drop);
    }

    /** An agent's frames, passed on by the follower; 0: its introduction, not to be acknowledged. */
    void up(long connection, long sequence, List<AgentFrame> frames) {
        if (closed) {
            return;
        }
        var session = new SessionId(follower, connection);
        if (opened.add(session)) {
            sessions.opened(session);
        }
        sessions.frames(session, frames);
        if (sequence != 0) {
            end.send(() -> call.acknowledged(connection, sequence));
        }
    }

    void left(long connection) {
        var session = new SessionId(follower, connection);
        if (!closed && opened.remove(session)) {
            sessions.closed(session);
        }
    }

    void send(long connection, GatewayFrame frame) {
        end.send(() -> call.down(connection, frame));
    }

    void close(long connection) {
        end.send(() -> call.close(connection));
    }

    /** Ends the link without a word to the sessions: another leader hears them from now on. */
    void forget() {
        opened.clear();
        drop();
    }

    void drop() {
        if (!closed) {
            closed = true;
            end.close();
            gateway.gone(follower, this);
            List.copyOf(opened).forEach(sessions::closed);
            opened.clear();
        }
    }
}
