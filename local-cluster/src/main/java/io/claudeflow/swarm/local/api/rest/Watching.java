package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.store.Change;
import io.claudeflow.swarm.local.api.store.Store;
import java.util.List;
import java.util.function.Predicate;

/** Watches: what a call's selectors take, from a revision on. */
public final class Watching {
    private final Cluster cluster;
    private final Listing listing;

    public Watching(Cluster cluster, Listing listing) {
        this.cluster = cluster;
        this.listing = listing;
    }

    /** Receives the events of a watch, on the store's context. */
    public interface Observer {
        /** @param type ADDED, MODIFIED, DELETED or BOOKMARK */
        void event(String type, ObjectNode object);
    }

    /** A watch that runs until it is closed. */
    public interface Subscription {
        /** Sends a bookmark: everything up to its revision has been seen. */
        void bookmark();

        void close();
    }

    /**
     * Begins a watch: first what was (the present objects, or the changes since the call's revision), then what comes.
     *
     * @throws ApiException 410 when the revision's history is gone, 504 when it is still to come
     */
    public Subscription watch(Call call, Observer observer) {
        var selection = listing.selection(call);
        var from = call.parameter("resourceVersion");
        if (!from.isEmpty() && !from.matches("\\d{1,18}")) {
            throw ApiException.badRequest("invalid resource version: " + from);
        }
        boolean initial = call.flag("sendInitialEvents") || from.isEmpty() || from.equals("0");
        long revision = from.isEmpty() ? 0 : Long.parseLong(from);
        if (revision > cluster.store().revision()) {
            throw ApiException.tooLargeRevision(revision, cluster.store().revision());
        }
        var missed = initial
                ? List.<Change>of()
                : cluster.store()
                        .log()
                        .since(revision)
                        .orElseThrow(() -> ApiException.expired("too old resource version: " + revision + " ("
                                + cluster.store().revision() + ")"));
        var live = new Live(call, selection, observer);
        if (initial) {
            listing.all(call).forEach(object -> observer.event("ADDED", object));
        }
        missed.forEach(live::change);
        live.begin(initial ? cluster.store().revision() : revision);
        if (call.flag("sendInitialEvents") && call.flag("allowWatchBookmarks")) {
            live.bookmark(true);
        }
        return live;
    }

    private final class Live implements Subscription {
        private final Call call;
        private final Predicate<ObjectNode> selection;
        private final Observer observer;
        private Store.Registration registration = () -> {};
        private long seen;

        Live(Call call, Predicate<ObjectNode> selection, Observer observer) {
            this.call = call;
            this.selection = selection;
            this.observer = observer;
        }

        void begin(long revision) {
            seen = Math.max(seen, revision);
            registration = cluster.store().watch(change -> {
                // What was already in the first list is not told twice.
                if (change.revision() > seen) {
                    change(change);
                }
            });
        }

        void change(Change change) {
            seen = change.revision();
            boolean here = change.key().resource().equals(call.type().stored())
                    && (call.namespace().isEmpty() || call.namespace().equals(change.key().namespace()));
            if (!here) {
                return;
            }
            var object = Versions.shown(call.type(), change.object());
            boolean now = change.type() != Change.Type.DELETED && selection.test(object);
            boolean before = change.before() != null
                    && selection.test(Versions.shown(call.type(), change.before()));
            if (now) {
                observer.event(before ? "MODIFIED" : "ADDED", object);
            } else if (before) {
                observer.event("DELETED", object);
            }
        }

        @Override
        public void bookmark() {
            bookmark(false);
        }

        private void bookmark(boolean initialEnd) {
            var mark = KubeJson.object().put("kind", call.type().kind()).put("apiVersion", call.type().apiVersion());
            var meta = Meta.of(mark).put("resourceVersion", String.valueOf(Math.max(seen, 1)));
            meta.putNull("creationTimestamp");
            if (initialEnd) {
                meta.putObject("annotations").put("k8s.io/initial-events-end", "true");
            }
            observer.event("BOOKMARK", mark);
        }

        @Override
        public void close() {
            registration.end();
        }
    }
}
