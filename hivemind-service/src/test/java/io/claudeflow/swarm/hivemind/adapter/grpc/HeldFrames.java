package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrames;
import java.util.List;

/** A stream's real {@link UnacknowledgedFrames}, for simulations of other packages. */
public final class HeldFrames {
    private final UnacknowledgedFrames frames = new UnacknowledgedFrames();

    /**
     * Frames that were sent together.
     *
     * @param sequence their number on the agent's stream, 0: an introduction that is said again
     */
    public record Numbered(long sequence, List<AgentFrame> frames) {}

    public void append(List<AgentFrame> said) {
        frames.append(AgentFrames.newBuilder().addAllFrames(said).build());
    }

    public List<Numbered> fromTheStart() {
        return numbered(frames.fromTheStart());
    }

    public List<Numbered> after(long sequence) {
        return numbered(frames.after(sequence));
    }

    private static List<Numbered> numbered(List<UnacknowledgedFrames.Numbered> some) {
        return some.stream().map(one -> new Numbered(one.sequence(), one.frames().getFramesList())).toList();
    }

    public void acknowledge(long sequence) {
        frames.acknowledge(sequence);
    }

    public long last() {
        return frames.last();
    }

    public boolean isEmpty() {
        return frames.isEmpty();
    }
}
