package io.claudeflow.swarm.hivemind.port;

import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import java.util.List;

/**
 * What the agent transport tells the leader: sessions that open, speak and close, its own and those that followers pass on.
 * Called on the hive-mind's context, on the leader alone; {@link #opened} comes first, {@link #closed} last, once.
 * After a change of leader every open stream is announced anew as opened, followed by the frames that the old leader
 * had not taken.
 */
public interface AgentSessions {
    void opened(SessionId session);

    /** Frames in the order in which the agent sent them; a frame may come twice after a change of leader. */
    void frames(SessionId session, List<AgentFrame> frames);

    void closed(SessionId session);
}
