package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.mesh.task.v1.ClientFrames;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.claudeflow.swarm.mesh.task.v1.TaskFrames;
import io.vertx.core.Context;
import io.vertx.grpc.server.GrpcServerRequest;

/** One client's stream. What the client says is bounded by its credit. */
final class ClientStream {
    /** Who hears of the stream; the door. */
    interface Listener {
        void said(ClientStream stream, ClientFrames frames);

        void closed(ClientStream stream);
    }

    private final long id;
    private final ServedStream<ClientFrames, TaskFrame, TaskFrames> stream;
    private final Listener listener;

    ClientStream(long id, Context context, GrpcServerRequest<ClientFrames, TaskFrames> request, Listener listener) {
        this.id = id;
        this.listener = listener;
        this.stream = new ServedStream<>(new ServedStream.Peer("client", id, "Hello"), context, request,
                frames -> TaskFrames.newBuilder().addAllFrames(frames).build(), () -> listener.closed(this));
    }

    /** Opens the stream; the client sees its headers at once. */
    void open() {
        stream.open(this::received);
    }

    private void received(ClientFrames frames) {
        if (!stream.closed() && frames.getFramesCount() > 0) {
            stream.heard();
            listener.said(this, frames);
        }
    }

    void send(TaskFrame frame) {
        stream.send(frame);
    }

    /** Ends the stream after what was sent has left. */
    void end() {
        stream.end();
    }

    long id() {
        return id;
    }
}
