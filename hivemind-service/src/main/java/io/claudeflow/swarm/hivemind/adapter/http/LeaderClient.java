package io.claudeflow.swarm.hivemind.adapter.http;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.List;

/** Passes requests on to the replica that leads. One context. */
final class LeaderClient {
    /** Says that a request was passed on, and the request id that it has if its body names none. */
    static final String PASSED_ON = "Swarm-Passed-On";

    private static final List<String> ASKED = List.of("Authorization", Reply.CONTENT_TYPE, TraceContext.HEADER);
    private static final List<String> ANSWERED = List.of(Reply.CONTENT_TYPE, "Location", Reply.RETRY_AFTER,
            "WWW-Authenticate", "Allow");
    private static final int CONNECT = 1_000;
    private static final int QUEUE = 256;
    /** Longer than the leader may take. */
    private static final long SILENCE = Parameters.MAX_WAIT.toMillis() + 5_000;

    private final HttpClient client;

    LeaderClient(Vertx vertx) {
        client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setConnectTimeout(CONNECT)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp2MaxSize(1).setMaxWaitQueueSize(QUEUE));
    }

    /**
     * The leader's answer. Fails with Unavailable when the request has not reached it, and with Indeterminate when it may have.
     *
     * @param id the request id for a body without one
     */
    Future<Reply> ask(SocketAddress leader, HttpServerRequest request, String id, Buffer body) {
        var options = new RequestOptions().setServer(leader)
                .setHost(leader.host())
                .setPort(leader.port())
                .setMethod(request.method())
                .setURI(request.uri())
                .setIdleTimeout(SILENCE)
                .putHeader(PASSED_ON, id);
        for (var name : ASKED) {
            var value = request.getHeader(name);
            if (value != null) {
                options.putHeader(name, value);
            }
        }
        return client.request(options)
                .recover(cause -> failed(ErrorCode.UNAVAILABLE, "the leader does not answer", cause))
                .compose(asked -> asked.send(body)
                        .compose(LeaderClient::reply)
                        .recover(cause -> failed(ErrorCode.INDETERMINATE, "the leader gave no answer", cause)));
    }

    private static Future<Reply> reply(HttpClientResponse response) {
        var headers = new HashMap<String, String>();
        for (var name : ANSWERED) {
            var value = response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return response.body().map(body -> new Reply(response.statusCode(), headers, body));
    }

    private static <T> Future<T> failed(ErrorCode code, String sentence, Throwable cause) {
        return Future
                .failedFuture(new SwarmException(code, sentence + " (" + cause.getMessage() + "): ask again", cause));
    }

    Future<Void> close() {
        return client.close();
    }
}
