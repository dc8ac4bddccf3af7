package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.mesh.task.v1.ClientFrames;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.claudeflow.swarm.mesh.task.v1.TaskFrames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's stream: what it is sent leaves once per tick, and a client that does not read, or says nothing at first, is sent
 * away. What it says is bounded by its credit.
 */
final class ClientStream {
    private static final Logger LOG = LoggerFactory.getLogger(ClientStream.class);
    /** How long the reason for an end may take to reach the client before the stream is reset. */
    private static final long RESET = 1_000;

    /** Who hears of the stream; the door. */
    interface Listener {
        void said(ClientStream stream, ClientFrames frames);

        void closed(ClientStream stream);
    }

    private final long id;
    private final Context context;
    private final GrpcServerRequest<ClientFrames, TaskFrames> request;
    private final GrpcServerResponse<ClientFrames, TaskFrames> response;
    private final FrameWriter<TaskFrame, TaskFrames> writer;
    private final Listener listener;
    private final long firstFrame;
    private boolean closed;

    ClientStream(long id, Context context, GrpcServerRequest<ClientFrames, TaskFrames> request, Listener listener) {
        this.id = id;
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.listener = listener;
        this.writer = new FrameWriter<>(context, response,
                frames -> TaskFrames.newBuilder().addAllFrames(frames).build(), Limits.AGENT_WINDOW,
                Limits.AGENT_QUEUE, reason -> refuse("the client does not read its stream: " + reason));
        this.firstFrame = context.owner()
                .setTimer(Limits.FIRST_FRAME,
                        _ -> refuse("nothing was said within " + Limits.FIRST_FRAME / 1000 + " s; send Hello first"));
    }

    /** Opens the stream; the client sees its headers at once. */
    void open() {
        request.handler(this::received);
        request.endHandler(_ -> end());
        request.exceptionHandler(_ -> gone());
        request.errorHandler(_ -> gone());
        response.exceptionHandler(_ -> gone());
        response.writeHead().onFailure(_ -> gone());
    }

    private void received(ClientFrames frames) {
        if (!closed && frames.getFramesCount() > 0) {
            context.owner().cancelTimer(firstFrame);
            listener.said(this, frames);
        }
    }

    void send(TaskFrame frame) {
        writer.send(frame);
    }

    /** Ends the stream after what was sent has left. */
    void end() {
        if (!closed) {
            writer.finish();
            finish(response.end());
        }
    }

    private void refuse(String reason) {
        if (!closed) {
            LOG.atWarn().addKeyValue("client", id).addKeyValue("reason", reason).log("client stream ended");
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

    long id() {
        return id;
    }
}
