package io.claudeflow.swarm.mesh.grpc;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.TimeUnit;

/**
 * gRPC's keepalive: a peer that has been quiet is pinged, and is dead when it does not answer; then its connection is closed, so that
 * no other call takes it. A frozen process neither answers nor closes its connections by itself. One context; over when it has said so
 * once, or was stopped.
 */
public final class KeepAlive {
    /** How long a peer may be quiet before it is pinged, in milliseconds. */
    private static final long QUIET = 500;
    /** How long it may take to answer, in milliseconds: a second without a word is more than a busy replica needs. */
    private static final long PATIENCE = 1_000;

    private final Vertx vertx;
    private final HttpConnection connection;
    private final Runnable dead;
    private long heard = now();
    private long timer;

    /** @param dead told once, at most 1.5 s after the peer's last word */
    public KeepAlive(Vertx vertx, HttpConnection connection, Runnable dead) {
        this.vertx = vertx;
        this.connection = connection;
        this.dead = dead;
        listen();
    }

    /** The peer has said something. */
    public void heard() {
        heard = now();
    }

    public void stop() {
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
        // A failed one tells nothing more than its silence.
        connection.ping(Buffer.buffer(8).appendLong(asked)).onSuccess(_ -> heard()).onFailure(_ -> {});
        timer = vertx.setTimer(PATIENCE, _ -> {
            if (heard >= asked) {
                listen();
            } else {
                connection.close().onFailure(_ -> {});
                dead.run();
            }
        });
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
