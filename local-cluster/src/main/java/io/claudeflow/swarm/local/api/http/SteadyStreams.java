package io.claudeflow.swarm.local.api.http;

import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Keeps HTTP/2 streams over TLS from falling asleep for ever. A stream that opens while its connection's write buffer is over the
 * high-water mark starts as not writable; the TLS handler announces such changes a moment later, and when the buffer has emptied
 * by then, nobody wakes the stream: its head is sent, its body never. Netty 4.2.9 and Vert.x 5.0.7 do this about once in a
 * hundred requests beside a list of 80 KB. The mark is moved to where only a reader that has stopped reading gets, and what is in
 * flight is bounded by the windows of HTTP/2, which wake their streams reliably. Connections of HTTP/1 keep the usual mark.
 */
public final class SteadyStreams implements Handler<HttpConnection> {
    private static final int HIGH = 64 << 20;
    private static final int LOW = HIGH / 2;

    @Override
    public void handle(HttpConnection connection) {
        boolean http2 = connection.getWindowSize() != -1;
        if (http2 && connection instanceof ConnectionBase base) {
            base.channel().config().setWriteBufferWaterMark(new WriteBufferWaterMark(LOW, HIGH));
        }
    }
}
