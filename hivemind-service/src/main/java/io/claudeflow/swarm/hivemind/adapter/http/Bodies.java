package io.claudeflow.swarm.hivemind.adapter.http;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers bodies of requests: each up to a bound and within a time, all together up to another bound. One context. */
final class Bodies {
    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);
    /** What one request may have, in bytes. */
    static final int MOST = 512 << 10;
    /** What all requests together may have while they wait for their turn, in bytes. */
    static final long ALL = 64L << 20;
    /** How long an answer has to leave before a connection that nobody reads from is closed, in milliseconds. */
    private static final long PARTING = 1_000;
    /** Beyond this nobody reads on to the end for the sake of an answer. */
    private static final long ABANDONED = 16L << 20;

    private final Vertx vertx;
    private final Duration time;
    private long held;

    /** @param time how long a body may take */
    Bodies(Vertx vertx, Duration time) {
        this.vertx = vertx;
        this.time = time;
    }

    /**
     * The body, to be given back with {@link #release}. What is too long is read to its end all the same, and fails with TooLarge:
     * a client that still writes would not see the answer.
     */
    Future<Buffer> read(HttpServerRequest request) {
        var body = new Body(request);
        request.handler(body::add);
        request.exceptionHandler(cause -> body.fail(new UnreadableRequestException("body",
                "broke off: " + cause.getMessage())));
        request.endHandler(_ -> body.end());
        return body.whole.future();
    }

    void release(Buffer body) {
        held -= body.length();
    }

    private final class Body {
        private final HttpServerRequest request;
        private final Promise<Buffer> whole = Promise.promise();
        private final Buffer gathered = Buffer.buffer();
        private final long timer;
        private long length;
        private boolean full;

        Body(HttpServerRequest request) {
            this.request = request;
            timer = vertx.setTimer(time.toMillis(), _ -> {
                fail(new SwarmException(Problem.TIMEOUT, "the body did not come within " + time));
                abandon();
            });
        }

        void add(Buffer chunk) {
            length += chunk.length();
            if (length > ABANDONED) {
                fail(tooLarge());
                abandon();
            } else if (length <= MOST && !full && !whole.future().isComplete()) {
                held += chunk.length();
                gathered.appendBuffer(chunk);
                full = held > ALL;
            }
        }

        void end() {
            if (length > MOST) {
                fail(tooLarge());
            } else if (full) {
                fail(new SwarmException(ErrorCode.EXHAUSTED, "too many bodies are on their way: send it again later"));
            } else if (whole.tryComplete(gathered)) {
                vertx.cancelTimer(timer);
            }
        }

        void fail(Throwable cause) {
            if (whole.tryFail(cause)) {
                vertx.cancelTimer(timer);
                release(gathered);
            }
        }

        /** Reads no further, once the answer has had its time to leave. */
        private void abandon() {
            vertx.setTimer(PARTING, _ -> {
                var gone = request.version() == HttpVersion.HTTP_2
                        ? request.response().reset()
                        : request.connection().close();
                gone.onFailure(cause -> LOG.atDebug().setCause(cause).log("was gone already"));
            });
        }

        private SwarmException tooLarge() {
            return new SwarmException(Problem.TOO_LARGE,
                    "the body has " + length + " bytes or more, allowed are " + MOST);
        }
    }
}
