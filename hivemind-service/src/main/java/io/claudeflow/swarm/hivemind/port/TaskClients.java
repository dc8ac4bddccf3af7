package io.claudeflow.swarm.hivemind.port;

import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import java.util.List;

/**
 * What the clients' door tells the leader. Called on the hive-mind's context, on the leader alone. A client is the number of its
 * stream, never used twice while the replica lives.
 */
public interface TaskClients {
    /** Frames in the order in which the client sent them; its first ones open it. */
    void said(long client, List<ClientFrame> frames);

    /** The client's stream is over; last, once. */
    void left(long client);
}
