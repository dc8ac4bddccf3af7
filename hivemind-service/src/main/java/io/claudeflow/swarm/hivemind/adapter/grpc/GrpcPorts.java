package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.concurrent.TimeUnit;

/** The transport's gRPC servers, with the bounds of {@link Limits}. */
final class GrpcPorts {
    private GrpcPorts() {}

    static <Req, Resp> GrpcServer service(Vertx vertx, ServiceMethod<Req, Resp> method,
            Handler<GrpcServerRequest<Req, Resp>> handler) {
        return GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(Limits.MESSAGE))
                .callHandler(method, handler);
    }

    static HttpServer server(Vertx vertx, String host, int port, int window, GrpcServer service) {
        var options = new HttpServerOptions().setHost(host)
                .setPort(port)
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ConnectionWindowSize(window)
                .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(Limits.STREAMS_PER_CONNECTION)
                        .setInitialWindowSize(window));
        return vertx.createHttpServer(options).requestHandler(service);
    }

    static Future<Void> listen(HttpServer server, String host, int port, String whom) {
        return server.listen()
                .<Void>mapEmpty()
                .recover(cause -> Future.failedFuture(new SwarmException(ErrorCode.UNAVAILABLE,
                        "the port for " + whom + ", " + host + ":" + port + ", cannot be opened (" + cause.getMessage()
                                + "); end what holds it or choose another one",
                        cause)));
    }

    /** Closes at once after a deadline of zero, else lets what was written leave first. */
    static Future<Void> close(HttpServer server, long millis) {
        return millis == 0 ? server.close() : server.shutdown(Math.min(millis, 1_000), TimeUnit.MILLISECONDS);
    }
}
