package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrames;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrames;
import io.vertx.core.Context;
import io.vertx.grpc.server.GrpcServerRequest;

/**
 * One agent's stream on this replica: what it sent waits until the leader has it; beyond its credit window it is read no
 * further.
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
    private boolean paused;

    AgentStream(SessionId id, Context context, GrpcServerRequest<AgentFrames, GatewayFrames> request,
            Listener listener) {
        this.id = id;
        this.listener = listener;
        this.stream = new ServedStream<>(new ServedStream.Peer("agent", id, "Register"), context, request,
                frames -> GatewayFrames.newBuilder().addAllFrames(frames).build(), () -> listener.closed(this));
    }

    /** Opens the stream; the agent sees its headers at once. */
    void open() {
        stream.open(this::received);
    }

    private void received(AgentFrames frames) {
        if (stream.closed() || frames.getFramesCount() == 0) {
            return;
        }
        stream.heard();
        uplink.append(frames);
        listener.frames(this);
        if (!paused && uplink.bytes() > Limits.AGENT_WINDOW) {
            paused = true;
            stream.pause();
        }
    }

    /** The leader has taken everything up to that number. */
    void acknowledged(long sequence) {
        uplink.acknowledge(sequence);
        if (paused && uplink.bytes() <= Limits.AGENT_WINDOW / 2) {
            paused = false;
            stream.resume();
        }
    }

    void send(GatewayFrame frame) {
        stream.send(frame);
    }

    /** Ends the stream after what was sent has left. */
    void end() {
        stream.end();
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
