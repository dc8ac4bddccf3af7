package io.claudeflow.swarm.mesh.grpc;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.ServiceMethod;
import java.util.concurrent.TimeUnit;

/** Opens gRPC calls. Threads: any. */
public final class Dial {
    /** What one message may hold, in bytes. */
    public static final int MESSAGE = 4 << 20;
    /** For a connection that can be used, in milliseconds: a frozen process takes one and says nothing on it. */
    private static final int CONNECT = 1_000;

    private Dial() {}

    /**
     * A client that speaks HTTP/2 without TLS and without asking first.
     *
     * @param window bytes that may be on their way to it, of one call and of all on a connection
     */
    public static GrpcClient client(Vertx vertx, int window) {
        return GrpcClient.client(vertx, new GrpcClientOptions().setMaxMessageSize(MESSAGE),
                new HttpClientOptions().setHttp2ClearTextUpgrade(false)
                        .setConnectTimeout(CONNECT)
                        .setTcpKeepAlive(true)
                        .setTcpNoDelay(true)
                        .setHttp2ConnectionWindowSize(window)
                        .setInitialSettings(new Http2Settings().setInitialWindowSize(window)));
    }

    /** Opens a call; fails when there is no connection that can be used within a second. */
    public static <Q, R> Future<GrpcClientRequest<Q, R>> call(GrpcClient client, SocketAddress address,
            ServiceMethod<R, Q> method) {
        var calling = client.request(address, method);
        return calling.timeout(CONNECT, TimeUnit.MILLISECONDS)
                .onFailure(_ -> calling.onSuccess(GrpcClientRequest::cancel).onFailure(_ -> {}));
    }
}
