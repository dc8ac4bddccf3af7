package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrames;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's stream on this replica: what it sent waits until the leader has it (beyond its credit window it is read no
 * further), what it is sent leaves once per tick, and an agent that does not read is sent away.
 */
final class AgentStream {
    private static final Logger LOG = LoggerFactory.getLogger(AgentStream.class);
    /** How long the reason for an end may take to reach the agent before the stream is reset. */
    private static final long RESET = 1_000;

    /** Who hears of the stream; the transport. */
    interface Listener {
        void frames(AgentStream stream);

        void closed(AgentStream stream);
    }

    private final SessionId id;
    private final Context context;
    private final GrpcServerRequest<AgentFrames, GatewayFrames> request;
    private final GrpcServerResponse<AgentFrames, GatewayFrames> response;
    private final FrameWriter<GatewayFrame, GatewayFrames> writer;
    private final UnacknowledgedFrames uplink = new UnacknowledgedFrames();
    private final Listener listener;
    private final long firstFrame;
    private boolean paused;
    private boolean closed;

    AgentStream(SessionId id, Context context, GrpcServerRequest<AgentFrames, GatewayFrames> request,
            Listener listener) {
        this.id = id;
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.listener = listener;
        this.writer = new FrameWriter<>(context, response,
                frames -> GatewayFrames.newBuilder().addAllFrames(frames).build(), Limits.AGENT_WINDOW,
                Limits.AGENT_QUEUE, reason -> refuse("the agent does not read its stream: " + reason));
        this.firstFrame = context.owner()
                .setTimer(Limits.FIRST_FRAME,
                        _ -> refuse(
                                "nothing was said within " + Limits.FIRST_FRAME / 1000 + " s; send Register first"));
    }

    /** Opens the stream; the agent sees its headers at once. */
    void open() {
        request.handler(this::received);
        request.endHandler(_ -> end());
        request.exceptionHandler(_ -> gone());
        request.errorHandler(_ -> gone());
        response.exceptionHandler(_ -> gone());
        response.writeHead().onFailure(_ -> gone());
    }

    private void received(AgentFrames frames) {
        if (closed || frames.getFramesCount() == 0) {
            return;
        }
        context.owner().cancelTimer(firstFrame);
        uplink.append(frames);
        listener.frames(this);
        if (!paused && uplink.bytes() > Limits.AGENT_WINDOW) {
            paused = true;
            request.pause();
        }
    }

    /** The leader has taken everything up to that number. */
    void acknowledged(long sequence) {
        uplink.acknowledge(sequence);
        if (paused && uplink.bytes() <= Limits.AGENT_WINDOW / 2) {
            paused = false;
            request.resume();
        }
    }

    void send(GatewayFrame frame) {
        writer.send(frame);
    }

    /** Ends the stream after what was sent has left. */
    void end() {
        if (!closed) {
            writer.finish();
            finish(response.end());
        }
    }

    /** Ends the stream with a reason that the agent sees, unless it reads nothing at all. */
    private void refuse(String reason) {
        if (!closed) {
            LOG.atWarn().addKeyValue("session", id).addKeyValue("reason", reason).log("agent stream ended");
            finish(response.status(GrpcStatus.RESOURCE_EXHAUSTED).statusMessage(reason).end());
        }
    }

    private void finish(Future<Void> written) {
        long reset = context.owner().setTimer(RESET, _ -> response.cancel());
        written.onSuccess(_ -> context.owner().cancelTimer(reset)).onFailure(_ -> response.cancel());
        gone();
    }

    private void gone() {
        if (!closed) {
            closed = true;
            writer.stop();
            context.owner().cancelTimer(firstFrame);
            listener.closed(this);
        }
    }

    SessionId id() {
        return id;
    }

    UnacknowledgedFrames uplink() {
        return uplink;
    }

    boolean closed() {
        return closed;
    }
}
