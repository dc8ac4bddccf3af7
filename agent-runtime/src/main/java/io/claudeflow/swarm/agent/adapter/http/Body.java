package io.claudeflow.swarm.agent.adapter.http;

import io.claudeflow.swarm.agent.door.DoorCodes;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Gathers a request's body, up to a bound. */
final class Body {
    /** Beyond this nobody reads on to the end for the sake of an answer. */
    private static final long ABANDONED = 16L << 20;

    private final Buffer gathered = Buffer.buffer();
    private long length;

    private Body() {}

    /**
     * The body. What is too long is read to its end all the same, and fails with TooLarge: a client that still writes would not
     * see the answer.
     *
     * @param what names the body in the failure
     */
    static Future<Buffer> read(HttpServerRequest request, int most, String what) {
        var body = new Body();
        Promise<Buffer> whole = Promise.promise();
        request.handler(chunk -> {
            body.length += chunk.length();
            if (body.length <= most) {
                body.gathered.appendBuffer(chunk);
            } else if (body.length > ABANDONED) {
                request.connection().close().onComplete(_ -> whole.tryFail(tooLarge(what, body.length, most)));
            }
        });
        request.exceptionHandler(cause -> whole.tryFail(new SwarmException(ErrorCode.INVALID,
                what + ": the body broke off: " + cause.getMessage(), cause)));
        request.endHandler(_ -> {
            if (body.length <= most) {
                whole.tryComplete(body.gathered);
            } else {
                whole.tryFail(tooLarge(what, body.length, most));
            }
        });
        return whole.future();
    }

    private static SwarmException tooLarge(String what, long length, int most) {
        return new SwarmException(DoorCodes.TOO_LARGE,
                what + ": has " + length + " bytes, allowed are " + most);
    }
}
