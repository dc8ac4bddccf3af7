package io.claudeflow.swarm.hivemind.adapter.grpc;

import com.google.protobuf.MessageLite;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer's stream on this replica, whoever the peer is: what it is sent leaves once per tick, and a peer that does not read, or
 * says nothing at first, is sent away. One context.
 *
 * @param <I> what the peer says
 * @param <F> one frame that it is sent
 * @param <O> a message of such frames
 */
final class ServedStream<I, F extends MessageLite, O> {
    private static final Logger LOG = LoggerFactory.getLogger(ServedStream.class);
    /** How long the reason for an end may take to reach the peer before the stream is reset. */
    private static final long RESET = 1_000;

    private final Peer peer;
    private final Context context;
    private final GrpcServerRequest<I, O> request;
    private final GrpcServerResponse<I, O> response;
    private final FrameWriter<F, O> writer;
    private final Runnable ended;
    private final long firstFrame;
    private boolean closed;

    /**
     * Who is at the other end.
     *
     * @param kind  {@code agent} or {@code client}
     * @param id    for the log
     * @param first the name of the frame that it begins with
     */
    record Peer(String kind, Object id, String first) {}

    /** @param ended called once, when the stream is over */
    ServedStream(Peer peer, Context context, GrpcServerRequest<I, O> request, Function<List<F>, O> message,
            Runnable ended) {
        this.peer = peer;
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.ended = ended;
        this.writer = new FrameWriter<>(context, response, message, Limits.AGENT_WINDOW, Limits.AGENT_QUEUE,
                reason -> refuse("the " + peer.kind() + " does not read its stream: " + reason));
        this.firstFrame = context.owner()
                .setTimer(Limits.FIRST_FRAME, _ -> refuse("nothing was said within " + Limits.FIRST_FRAME / 1000
                        + " s; send " + peer.first() + " first"));
    }

    /** Opens the stream; the peer sees its headers at once. */
    void open(Handler<I> received) {
        request.handler(received);
        request.endHandler(_ -> end());
        request.exceptionHandler(_ -> gone());
        request.errorHandler(_ -> gone());
        response.exceptionHandler(_ -> gone());
        response.writeHead().onFailure(_ -> gone());
    }

    /** The peer has said something. */
    void heard() {
        context.owner().cancelTimer(firstFrame);
    }

    void pause() {
        request.pause();
    }

    void resume() {
        request.resume();
    }

    void send(F frame) {
        writer.send(frame);
    }

    /** Ends the stream after what was sent has left. */
    void end() {
        if (!closed) {
            writer.finish();
            finish(response.end());
        }
    }

    /** Ends the stream with a reason that the peer sees, unless it reads nothing at all. */
    private void refuse(String reason) {
        if (!closed) {
            LOG.atWarn()
                    .addKeyValue("peer", peer.kind())
                    .addKeyValue("id", peer.id())
                    .addKeyValue("reason", reason)
                    .log("stream ended");
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
            ended.run();
        }
    }

    boolean closed() {
        return closed;
    }
}
