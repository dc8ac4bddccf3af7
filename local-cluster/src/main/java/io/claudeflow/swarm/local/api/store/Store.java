package io.claudeflow.swarm.local.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.GroupResource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All objects by revision. Writes take effect in memory at once; the writes of one tick go to the journal together, and watchers and
 * replies learn of them when they are durable ({@link #settled}). If the journal fails, they are undone in memory.
 *
 * <p>Confined to one context. Objects in the store are never changed by anyone.
 */
public final class Store {
    private final Context context;
    private final Journal journal;
    private final Map<GroupResource, TreeMap<String, ObjectNode>> objects = new HashMap<>();
    private final List<Consumer<Change>> watchers = new ArrayList<>();
    private final List<Consumer<Throwable>> undoListeners = new ArrayList<>();
    private final ChangeLog log;
    private Batch open = new Batch();
    private @Nullable Batch inFlight;
    private long revision;

    private Store(Context context, Journal journal, Journal.Content content) {
        this.context = context;
        this.journal = journal;
        // Revision 1 was the empty store, as in etcd.
        this.revision = Math.max(1, content.revision());
        this.log = new ChangeLog(this.revision);
        content.objects().forEach((key, object) -> of(key.resource()).put(path(key), object));
    }

    /** A store that starts with what its journal holds. */
    public static Store open(Context context, Journal journal, Journal.Content content) {
        return new Store(context, journal, content);
    }

    private TreeMap<String, ObjectNode> of(GroupResource resource) {
        return objects.computeIfAbsent(resource, _ -> new TreeMap<>());
    }

    private static String path(ObjectKey key) {
        return key.namespace() + "/" + key.name();
    }

    public Optional<ObjectNode> get(ObjectKey key) {
        return Optional.ofNullable(of(key.resource()).get(path(key)));
    }

    /** All objects of a resource, by namespace and name; an empty namespace means all of them. */
    public List<ObjectNode> list(GroupResource resource, String namespace) {
        var all = of(resource);
        return List.copyOf(
                namespace.isEmpty() ? all.values() : all.subMap(namespace + "/", namespace + "0").values());
    }

    /** The objects behind a place in {@link #list}'s order. */
    public List<ObjectNode> listAfter(GroupResource resource, String namespace, String place) {
        var tail = of(resource).tailMap(place, false);
        return List.copyOf(namespace.isEmpty() ? tail.values() : tail.headMap(namespace + "0").values());
    }

    /** An object's place in {@link #list}'s order. */
    public static String place(ObjectNode object) {
        return Meta.namespace(object) + "/" + Meta.name(object);
    }

    /** The resources that have objects. */
    public List<GroupResource> resources() {
        return objects.entrySet().stream().filter(e -> !e.getValue().isEmpty()).map(Map.Entry::getKey).toList();
    }

    public long revision() {
        return revision;
    }

    /** Stores a new state and gives it the next revision; the caller hands the object over. */
    public ObjectNode put(GroupResource resource, ObjectNode object) {
        var key = ObjectKey.of(resource, object);
        Meta.of(object).put("resourceVersion", String.valueOf(++revision));
        var before = of(resource).put(path(key), object);
        changed(new Change(revision, before == null ? Change.Type.ADDED : Change.Type.MODIFIED, key, object, before));
        return object;
    }

    /** Removes an object; returns its last state, at the revision of the deletion. */
    public ObjectNode remove(GroupResource resource, ObjectNode object) {
        var key = ObjectKey.of(resource, object);
        var before = of(resource).remove(path(key));
        var last = object.deepCopy();
        Meta.of(last).put("resourceVersion", String.valueOf(++revision));
        changed(new Change(revision, Change.Type.DELETED, key, last, before));
        return last;
    }

    private void changed(Change change) {
        open.changes.add(change);
        if (inFlight == null && open.changes.size() == 1) {
            context.runOnContext(_ -> flush());
        }
    }

    /** Sends everything written so far to the journal; what is written meanwhile goes with the next batch. */
    private void flush() {
        var batch = open;
        open = new Batch();
        inFlight = batch;
        journal.append(batch.changes, this::snapshot).onComplete(done -> {
            inFlight = null;
            if (done.succeeded()) {
                batch.changes.forEach(this::publish);
                batch.promise.complete();
            } else {
                undo(batch, done.cause());
            }
            if (!open.changes.isEmpty()) {
                flush();
            }
        });
    }

    private void publish(Change change) {
        log.add(change);
        List.copyOf(watchers).forEach(w -> w.accept(change));
    }

    private void undo(Batch batch, Throwable cause) {
        var later = open;
        open = new Batch();
        var undone = new ArrayList<>(batch.changes);
        undone.addAll(later.changes);
        for (var change : undone.reversed()) {
            if (change.before() == null) {
                of(change.key().resource()).remove(path(change.key()));
            } else {
                of(change.key().resource()).put(path(change.key()), change.before());
            }
        }
        // Revisions are not given twice: someone may have seen the ones that are gone.
        log.forgetUpTo(revision);
        batch.promise.fail(cause);
        later.promise.fail(cause);
        List.copyOf(undoListeners).forEach(l -> l.accept(cause));
    }

    /** Completes when everything that is in memory now is durable and published; fails when the journal could not keep it. */
    public Future<Void> settled() {
        if (!open.changes.isEmpty()) {
            return open.promise.future();
        }
        var batch = inFlight;
        return batch == null ? Future.succeededFuture() : batch.promise.future();
    }

    private Journal.Content snapshot() {
        var all = new HashMap<ObjectKey, ObjectNode>();
        objects.forEach((resource, map) -> map.values().forEach(o -> all.put(ObjectKey.of(resource, o), o)));
        return new Journal.Content(revision, all);
    }

    /** The changes that are published, as far back as they are kept. */
    public ChangeLog log() {
        return log;
    }

    /** Calls the watcher for each change from now on, on the store's context, until the registration ends. */
    public Registration watch(Consumer<Change> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** A watcher, to be ended on the store's context. */
    @FunctionalInterface
    public interface Registration {
        void end();
    }

    /** Calls the listener whenever writes were undone. */
    public void onUndo(Consumer<Throwable> listener) {
        undoListeners.add(listener);
    }

    /** What goes to the journal together. */
    private static final class Batch {
        private final List<Change> changes = new ArrayList<>();
        private final Promise<Void> promise = Promise.promise();
    }
}
