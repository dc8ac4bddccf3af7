package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrames;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrames;
import io.vertx.core.Context;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.concurrent.TimeUnit;

/**
 * One agent's stream on this replica: what it sent waits until the leader has it. Beyond its credit window, or faster than its
 * pace, it is read no further for a while: nothing is lost, and whoever floods holds up itself alone.
 */
final class AgentStream {
    /** Who hears of the stream; the transport. */
    interface Listener {
        void frames(AgentStream stream);

        void closed(AgentStream stream);
    }

    private final SessionId id;
    private final ServedStream<AgentFrames, GatewayFrame, GatewayFrames> stream;
    private final UnacknowledgedFrames uplink = new UnacknowledgedFrames();
    private final Listener listener;
    private final Context context;
    private final Pace frames;
    private final Pace bytes;
    private boolean full;
    private boolean tooFast;

    AgentStream(SessionId id, Context context, GrpcServerRequest<AgentFrames, GatewayFrames> request,
            Listener listener) {
        this.id = id;
        this.listener = listener;
        this.context = context;
        this.frames = new Pace(Limits.AGENT_FRAMES_PER_SECOND, now());
        this.bytes = new Pace(Limits.AGENT_BYTES_PER_SECOND, now());
        this.stream = new ServedStream<>(new ServedStream.Peer("agent", id, "Register"), context, request,
                sent -> GatewayFrames.newBuilder().addAllFrames(sent).build(), () -> listener.closed(this));
    }

    /** Opens the stream; the agent sees its headers at once. */
    void open() {
        stream.open(this::received);
    }

    private void received(AgentFrames said) {
        if (stream.closed() || said.getFramesCount() == 0) {
            return;
        }
        stream.heard();
        uplink.append(said);
        listener.frames(this);
        long now = now();
        long owed = Math.max(frames.take(said.getFramesCount(), now), bytes.take(said.getSerializedSize(), now));
        if (owed > 0 && !tooFast) {
            context.owner().setTimer(owed, _ -> flow(full, false));
        }
        flow(full || uplink.bytes() > Limits.AGENT_WINDOW, tooFast || owed > 0);
    }

    private void flow(boolean nowFull, boolean nowTooFast) {
        boolean before = full || tooFast;
        full = nowFull;
        tooFast = nowTooFast;
        if (!before && (full || tooFast)) {
            stream.pause();
        } else if (before && !full && !tooFast) {
            stream.resume();
        }
    }

    /** The leader has taken everything up to that number. */
    void acknowledged(long sequence) {
        uplink.acknowledge(sequence);
        if (full && uplink.bytes() <= Limits.AGENT_WINDOW / 2) {
            flow(false, tooFast);
        }
    }

    void send(GatewayFrame frame) {
        stream.send(frame);
    }

    /** Ends the stream after what was sent has left. */
    void end() {
        stream.end();
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    SessionId id() {
        return id;
    }

    UnacknowledgedFrames uplink() {
        return uplink;
    }

    boolean closed() {
        return stream.closed();
    }
}
