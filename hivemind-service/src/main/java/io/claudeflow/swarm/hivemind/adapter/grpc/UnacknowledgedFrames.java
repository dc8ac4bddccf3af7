package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent sent and the leader has not taken yet, in order, numbered from 1; and the agent's introduction, which every
 * new leader must hear first: its Register with the newest token that it has sent since. Pure; one thread.
 */
final class UnacknowledgedFrames {
    /** An introduction that is said again carries this number and is not acknowledged. */
    static final long UNNUMBERED = 0;

    private final ArrayDeque<Numbered> waiting = new ArrayDeque<>();
    private long last;
    private long bytes;
    private @Nullable AgentFrame introduction;
    private long introducedAt;

    /** @param sequence the frames' number on the agent's stream, or {@link #UNNUMBERED} */
    record Numbered(long sequence, AgentFrames frames) {}

    void append(AgentFrames frames) {
        last++;
        for (var frame : frames.getFramesList()) {
            learn(frame);
        }
        waiting.addLast(new Numbered(last, frames));
        bytes += frames.getSerializedSize();
    }

    private void learn(AgentFrame frame) {
        var known = introduction;
        if (frame.hasRegister() && known == null) {
            introduction = frame;
            introducedAt = last;
        } else if (frame.hasHeartbeat() && known != null && !frame.getHeartbeat().getToken().isEmpty()) {
            var register = known.getRegister().toBuilder().setToken(frame.getHeartbeat().getToken());
            introduction = AgentFrame.newBuilder().setRegister(register).build();
        }
    }

    /** Everything a leader that has not heard of the agent must be told, in order. */
    List<Numbered> fromTheStart() {
        var all = new ArrayList<Numbered>(waiting.size() + 1);
        boolean registerWaits = !waiting.isEmpty() && waiting.getFirst().sequence() <= introducedAt;
        if (introduction != null && !registerWaits) {
            all.add(new Numbered(UNNUMBERED, AgentFrames.newBuilder().addFrames(introduction).build()));
        }
        all.addAll(waiting);
        return all;
    }

    /** What came after that number. */
    List<Numbered> after(long sequence) {
        if (sequence >= last) {
            return List.of();
        }
        return waiting.stream().filter(numbered -> numbered.sequence() > sequence).toList();
    }

    void acknowledge(long sequence) {
        while (!waiting.isEmpty() && waiting.getFirst().sequence() <= sequence) {
            bytes -= waiting.removeFirst().frames().getSerializedSize();
        }
    }

    long last() {
        return last;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
