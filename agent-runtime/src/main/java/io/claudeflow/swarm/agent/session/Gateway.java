package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** The hive-mind's agent gateway, as a session sees it. Used on one context. */
public interface Gateway {
    /**
     * Opens a stream to one of the gateway's addresses, chosen at random, the others in turn when it does not answer. Fails
     * when none does.
     */
    Future<Connection> connect(Listener listener);

    /** Ends what connections share. */
    Future<Void> close();

    /** Hears a connection, on the context that opened it. */
    interface Listener {
        void frames(List<GatewayFrame> frames);

        /** The stream is over; told once, unless the agent itself aborted it. */
        void closed(String reason);
    }

    /** An open stream. */
    interface Connection {
        /** Where it goes to, for the log. */
        String address();

        /** Sends a frame; those of one tick leave together. Without effect when the stream is over. */
        void send(AgentFrame frame);

        /** Ends the stream after what was sent has left, and waits for the gateway's end, at most that long. */
        Future<Void> end(Duration deadline);

        /** Drops the stream at once; {@link Listener#closed} is not told. */
        void abort();
    }
}
