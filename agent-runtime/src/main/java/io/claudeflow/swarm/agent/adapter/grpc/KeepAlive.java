package io.claudeflow.swarm.agent.adapter.grpc;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.TimeUnit;

/**
 * gRPC's keepalive: a peer that has been quiet is pinged, and is dead when it does not answer. A frozen process neither answers
 * nor closes its connections; without this its agents would go on with another replica only when their lease has run out. One
 * context; over when it has said so once, or was stopped.
 */
final class KeepAlive {
    /** How long a peer may be quiet before it is pinged, in milliseconds. */
    private static final long QUIET = 500;
    /** How long it may take to answer, in milliseconds: a second without a word is more than a busy replica needs. */
    private static final long PATIENCE = 1_000;

    private final Vertx vertx;
    private final HttpConnection connection;
    private final Runnable dead;
    private long heard = now();
    private long timer;

    KeepAlive(Vertx vertx, HttpConnection connection, Runnable dead) {
        this.vertx = vertx;
        this.connection = connection;
        this.dead = dead;
        listen();
    }

    /** The peer has said something. */
    void heard() {
        heard = now();
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void listen() {
        timer = vertx.setTimer(Math.max(1, heard + QUIET - now()), _ -> {
            if (heard + QUIET > now()) {
                listen();
            } else {
                ping();
            }
        });
    }

    private void ping() {
        long asked = now();
        connection.ping(Buffer.buffer(8).appendLong(asked)).onSuccess(_ -> heard());
        timer = vertx.setTimer(PATIENCE, _ -> {
            if (heard >= asked) {
                listen();
            } else {
                dead.run();
            }
        });
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
