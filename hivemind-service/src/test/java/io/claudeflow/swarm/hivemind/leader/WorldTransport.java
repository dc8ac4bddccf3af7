package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.port.AgentSessions;
import io.claudeflow.swarm.hivemind.port.AgentTransport;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One replica's end of the agents' streams: what arrives while nobody leads waits at the agent's connection. */
final class WorldTransport implements AgentTransport {
    private final World world;
    private final int ordinal;
    private @Nullable AgentSessions sessions;

    WorldTransport(World world, int ordinal) {
        this.world = world;
        this.ordinal = ordinal;
    }

    @Override
    public Future<Void> start() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        return Future.succeededFuture();
    }

    /** A new leader hears of every open stream: its introduction, then what no leader has taken. */
    @Override
    public void leader(int leader, long term, AgentSessions heard) {
        sessions = leader == ordinal ? heard : null;
        if (sessions != null) {
            world.agents.forEach(agent -> agent.introduce(heard));
        }
    }

    void opened(SessionId id) {
        if (sessions != null) {
            sessions.opened(id);
        }
    }

    void frame(SessionId id, AgentFrame frame) {
        if (sessions != null) {
            sessions.frames(id, List.of(frame));
        }
    }

    void closed(SessionId id) {
        if (sessions != null) {
            sessions.closed(id);
        }
    }

    @Override
    public void send(SessionId session, GatewayFrame frame) {
        if (world.leader == ordinal) {
            world.agents.forEach(agent -> agent.deliver(session, frame));
        }
    }

    @Override
    public void close(SessionId session) {
        world.agents.forEach(agent -> agent.closedByGateway(session));
    }
}
