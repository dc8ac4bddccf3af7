package io.claudeflow.swarm.hivemind.port;

import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * The agents' streams, seen from the hive-mind: accepts them on every replica and brings them to the leader. Call on the
 * hive-mind's context.
 */
public interface AgentTransport {
    /** Opens the gateway's and the peers' ports; completes when both listen. */
    Future<Void> start();

    /** Closes all streams; agents find another replica. */
    Future<Void> stop(Duration deadline);

    /**
     * Who leads now. On the leader, {@code sessions} gets every stream of the group from now on; on a follower streams are
     * passed to {@code leader}; with an unknown leader (-1) they wait, bounded, and are told nothing.
     */
    void leader(int leader, long term, AgentSessions sessions);

    /** Sends a frame; frames of one tick leave in one flush. Dropped without a word when the session is gone. */
    void send(SessionId session, GatewayFrame frame);

    /** Ends a session after what was sent has left. */
    void close(SessionId session);
}
