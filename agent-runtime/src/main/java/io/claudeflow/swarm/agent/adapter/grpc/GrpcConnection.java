package io.claudeflow.swarm.agent.adapter.grpc;

import io.claudeflow.swarm.agent.session.Gateway;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrames;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrames;
import io.claudeflow.swarm.mesh.grpc.KeepAlive;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One stream to a gateway. One context. */
final class GrpcConnection implements Gateway.Connection {
    /** Beyond this many bytes that the gateway has not taken the stream is given up. */
    private static final long UNTAKEN = 16 << 20;
    /** What is gathered into one message before a further one is begun. */
    private static final long GATHERED = 1 << 20;

    private final Context context;
    private final GrpcClientRequest<AgentFrames, GatewayFrames> call;
    private final SocketAddress address;
    private final Gateway.Listener listener;
    private final Promise<Void> over = Promise.promise();
    private final KeepAlive keepAlive;
    private List<AgentFrame> pending = new ArrayList<>();
    private long pendingBytes;
    private long untaken;
    private boolean closed;

    private GrpcConnection(Context context, GrpcClientRequest<AgentFrames, GatewayFrames> call, SocketAddress address,
            Gateway.Listener listener) {
        this.context = context;
        this.call = call;
        this.address = address;
        this.listener = listener;
        this.keepAlive = new KeepAlive(context.owner(), call.connection(),
                () -> closed("the gateway gives no sign of life"));
    }

    static GrpcConnection open(Context context, GrpcClientRequest<AgentFrames, GatewayFrames> call,
            SocketAddress address, Gateway.Listener listener) {
        var connection = new GrpcConnection(context, call, address, listener);
        call.exceptionHandler(cause -> connection.closed(String.valueOf(cause.getMessage())));
        call.response()
                .onSuccess(connection::listen)
                .onFailure(cause -> connection.closed(String.valueOf(cause.getMessage())));
        return connection;
    }

    private void listen(GrpcClientResponse<AgentFrames, GatewayFrames> response) {
        response.handler(frames -> {
            keepAlive.heard();
            if (!closed) {
                listener.frames(frames.getFramesList());
            }
        });
        response.exceptionHandler(cause -> closed(String.valueOf(cause.getMessage())));
        response.errorHandler(error -> closed("the stream was reset: " + error));
        response.endHandler(_ -> {
            var said = response.statusMessage();
            var message = said != null ? said : response.trailers().get("grpc-message");
            closed("the gateway ended the stream" + (message == null ? "" : ": " + message));
        });
    }

    @Override
    public String address() {
        return address.host() + ":" + address.port();
    }

    @Override
    public void send(AgentFrame frame) {
        if (closed) {
            return;
        }
        long size = frame.getSerializedSize();
        if (pendingBytes + size > GATHERED) {
            flush();
        }
        pending.add(frame);
        pendingBytes += size;
        if (pending.size() == 1) {
            context.runOnContext(_ -> flush());
        }
    }

    private void flush() {
        if (closed || pending.isEmpty()) {
            return;
        }
        var frames = AgentFrames.newBuilder().addAllFrames(pending).build();
        long size = pendingBytes;
        pending = new ArrayList<>();
        pendingBytes = 0;
        untaken += size;
        if (untaken > UNTAKEN) {
            call.cancel();
            closed("the gateway does not read");
            return;
        }
        try {
            call.write(frames)
                    .onSuccess(_ -> untaken -= size)
                    .onFailure(cause -> closed(String.valueOf(cause.getMessage())));
        } catch (IllegalStateException gone) {
            closed(String.valueOf(gone.getMessage()));
        }
    }

    @Override
    public Future<Void> end(Duration deadline) {
        flush();
        if (closed) {
            return Future.succeededFuture();
        }
        call.end().onFailure(cause -> closed(String.valueOf(cause.getMessage())));
        return over.future()
                .timeout(Math.max(1, deadline.toMillis()), TimeUnit.MILLISECONDS)
                .recover(_ -> {
                    abort();
                    return Future.succeededFuture();
                });
    }

    @Override
    public void abort() {
        finish();
        call.cancel();
    }

    private void closed(String reason) {
        if (!closed) {
            finish();
            listener.closed(reason);
        }
    }

    private void finish() {
        closed = true;
        keepAlive.stop();
        over.tryComplete();
    }
}
