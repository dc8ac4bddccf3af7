package io.claudeflow.swarm.local.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;

import io.claudeflow.swarm.local.api.rest.Call;
import io.claudeflow.swarm.local.api.rest.Watching;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch on its way to the client: events as lines of JSON, a bookmark every minute, an end after timeoutSeconds. A client that
 * does not read fast enough is cut off; it comes back with the last revision that it has seen.
 */
final class WatchStream {
    private static final Logger LOG = LoggerFactory.getLogger(WatchStream.class);
    private static final long BOOKMARK_MS = 60_000;
    private static final int MIN_SECONDS = 1_800;

    private final Vertx vertx;
    private final Forms forms;
    private final Call call;
    private final Accepted form;
    private final Sink sink;
    private final Set<WatchStream> open;
    private final EventLines lines;
    private Watching.@Nullable Subscription subscription;
    private long bookmarks = -1;
    private long end = -1;
    private boolean first = true;
    private boolean closed;

    /** Where the lines go. */
    interface Sink {
        void send(Buffer line);

        /** Whether the client is too far behind. */
        boolean full();

        void end();
    }

    WatchStream(Vertx vertx, Forms forms, Call call, Accepted form, Sink sink, Set<WatchStream> open,
            EventLines lines) {
        this.vertx = vertx;
        this.forms = forms;
        this.call = call;
        this.form = form;
        this.sink = sink;
        this.open = open;
        this.lines = lines;
    }

    /** @throws ApiException when the watch cannot begin at its revision */
    void start(Watching watching) {
        open.add(this);
        var begun = watching.watch(call, this::event);
        if (closed) {
            begun.close();
            return;
        }
        subscription = begun;
        if (call.flag("allowWatchBookmarks")) {
            bookmarks = vertx.setPeriodic(BOOKMARK_MS, _ -> begun.bookmark());
        }
        end = vertx.setTimer(1_000L * seconds(), _ -> close());
    }

    /** As asked, else between half an hour and an hour, so that not all watches end at once. */
    private int seconds() {
        var asked = call.parameter("timeoutSeconds");
        return asked.matches("[1-9]\\d{0,5}")
                ? Integer.parseInt(asked)
                : MIN_SECONDS + ThreadLocalRandom.current().nextInt(MIN_SECONDS);
    }

    private void event(String type, ObjectNode object) {
        if (closed) {
            return;
        }
        if (sink.full()) {
            LOG.atWarn()
                    .addKeyValue("resource", call.type().stored())
                    .addKeyValue("client", call.userAgent())
                    .log("watch cut off because its client does not read");
            close();
            return;
        }
        // A bookmark is no row: it goes as it is.
        boolean bookmark = type.equals("BOOKMARK");
        var shown = bookmark && form != Accepted.TABLE ? object : forms.event(call, form, object, first);
        first = first && bookmark;
        send(type, shown);
    }

    private void send(String type, ObjectNode object) {
        sink.send(lines.line(type, object));
    }

    /** Tells the client why it has to start over, and ends. */
    void fail(ApiException reason) {
        if (!closed) {
            send("ERROR", reason.status());
            close();
        }
    }

    /** Ends the watch; again is nothing. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        open.remove(this);
        if (subscription != null) {
            subscription.close();
        }
        vertx.cancelTimer(bookmarks);
        vertx.cancelTimer(end);
        sink.end();
    }
}
