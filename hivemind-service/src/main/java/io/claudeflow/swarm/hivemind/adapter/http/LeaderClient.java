package io.claudeflow.swarm.hivemind.adapter.http;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Passes requests on to the replica that leads. One context. */
final class LeaderClient {
    /** Says that a request was passed on, and the request id that it has if its body names none. */
    static final String PASSED_ON = "Swarm-Passed-On";

    private static final List<String> ASKED = List.of("Authorization", Reply.CONTENT_TYPE, TraceContext.HEADER);
    private static final List<String> ANSWERED = List.of(Reply.CONTENT_TYPE, "Location", Reply.RETRY_AFTER,
            "WWW-Authenticate");
    private static final int CONNECT = 1_000;
    private static final int QUEUE = 256;
    /** Longer than the leader may take. */
    private static final long SILENCE = Parameters.MAX_WAIT.toMillis() + 5_000;

    private final HttpClient client;
    private final Set<Asked> pending = Collections.newSetFromMap(new IdentityHashMap<>());

    /** A request on its way to the one that led when it came. */
    private record Asked(int leader, Promise<Reply> answer) {}

    LeaderClient(Vertx vertx) {
        client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setConnectTimeout(CONNECT)
                        .setReadIdleTimeout((int) SILENCE)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp2MaxSize(1).setMaxWaitQueueSize(QUEUE));
    }

    /**
     * The leader's answer. Fails with Unavailable when the request has not reached it, and with Indeterminate when it may have: also
     * as soon as another one leads.
     *
     * @param id the request id for a body without one
     */
    Future<Reply> ask(int leader, SocketAddress address, HttpServerRequest request, String id, Buffer body) {
        var asked = new Asked(leader, Promise.promise());
        pending.add(asked);
        client.request(options(address, request, id))
                .recover(cause -> failed(ErrorCode.UNAVAILABLE, "the leader does not answer", cause))
                .compose(call -> call.send(body)
                        .compose(LeaderClient::reply)
                        .recover(cause -> failed(ErrorCode.INDETERMINATE, "the leader gave no answer", cause)))
                .onComplete(answer -> {
                    pending.remove(asked);
                    if (answer.succeeded()) {
                        asked.answer().tryComplete(answer.result());
                    } else {
                        asked.answer().tryFail(answer.cause());
                    }
                });
        return asked.answer().future();
    }

    /** Another one may lead by now: whoever asked the former one need not wait for it. */
    void leads(int leader) {
        for (var asked : List.copyOf(pending)) {
            if (asked.leader() != leader) {
                pending.remove(asked);
                asked.answer()
                        .tryFail(new SwarmException(ErrorCode.INDETERMINATE, "the leader has changed: ask again"));
            }
        }
    }

    private static RequestOptions options(SocketAddress address, HttpServerRequest request, String id) {
        var options = new RequestOptions().setServer(address)
                .setHost(address.host())
                .setPort(address.port())
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
        return options;
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
