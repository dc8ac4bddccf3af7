package io.claudeflow.swarm.hivemind.port;

import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import org.jspecify.annotations.Nullable;

/** The clients' streams, seen from the leader. Only the leader serves them. Call on the hive-mind's context. */
public interface TaskDoor {
    /**
     * Who leads now. Streams that are open are told so and end; {@code clients} hears the new ones.
     *
     * @param leader  -1: nobody is known to lead
     * @param clients null: another replica leads, to which clients are sent
     */
    void leader(int leader, @Nullable TaskClients clients);

    /** Sends a frame; frames of one tick leave together. Dropped without a word when the client is gone. */
    void send(long client, TaskFrame frame);

    /** Ends a client's stream after what was sent has left. */
    void close(long client);
}
