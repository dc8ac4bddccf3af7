package io.claudeflow.swarm.local.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a watch's events go: a chunked response, or the messages of a WebSocket. */
final class Sinks {
    private static final Logger LOG = LoggerFactory.getLogger(Sinks.class);

    private Sinks() {}

    /** Prepares the head of a response that streams events. */
    static void head(HttpServerResponse response) {
        response.setChunked(true).putHeader("Content-Type", "application/json");
    }

    record Response(HttpServerResponse response) implements WatchStream.Sink {
        @Override
        public void send(Buffer line) {
            if (!response.headWritten()) {
                head(response);
            }
            response.write(line).onFailure(_ -> LOG.atDebug().log("event not delivered"));
        }

        @Override
        public boolean full() {
            return response.writeQueueFull();
        }

        @Override
        public void end() {
            if (response.headWritten() && !response.ended() && !response.closed()) {
                response.end().onFailure(_ -> LOG.atDebug().log("watch had ended"));
            }
        }
    }

    record Socket(ServerWebSocket socket) implements WatchStream.Sink {
        @Override
        public void send(Buffer line) {
            socket.writeTextMessage(line.toString()).onFailure(_ -> LOG.atDebug().log("event not delivered"));
        }

        @Override
        public boolean full() {
            return socket.writeQueueFull();
        }

        @Override
        public void end() {
            if (!socket.isClosed()) {
                socket.close().onFailure(_ -> LOG.atDebug().log("watch had ended"));
            }
        }
    }
}
