package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.controllers.OwnerGraph.Item;
import io.claudeflow.swarm.local.controllers.OwnerGraph.Owner;
import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes what has lost all its owners, and serves the finalizers {@code foregroundDeletion} and {@code orphan}, for all kinds.
 * An owner that the graph does not know is asked of the API server before anything is deleted for its absence.
 */
final class GarbageCollector implements Controller {
    private final OwnerGraph graph = new OwnerGraph();
    private final Discovery discovery;
    private final KindWatcher watcher;
    private final OwnedObjects objects;
    private final WorkQueue<String> queue;

    GarbageCollector(KubernetesClient client, Informers informers, Discovery discovery) {
        this.discovery = discovery;
        this.objects = new OwnedObjects(client);
        this.queue = new WorkQueue<>("garbage-collector", 8, this::reconcile);
        this.watcher = new KindWatcher(client, informers, discovery, Handler::new);
    }

    void start() {
        watcher.start();
    }

    private void reconcile(String uid) {
        var item = graph.get(uid);
        if (item == null) {
            return;
        }
        if (item.orphaning()) {
            orphan(item);
        } else if (item.deletingDependents()) {
            foreground(item);
        } else if (!item.deleting()) {
            collect(item);
        }
    }

    private void orphan(Item item) {
        for (var dependent : graph.dependents(item.uid())) {
            objects.removeOwners(dependent, Set.of(item.uid()));
        }
        objects.removeFinalizer(item, OwnerGraph.ORPHAN);
    }

    private void foreground(Item item) {
        var blocking = graph.dependents(item.uid()).stream().filter(dependent -> dependent.blocks(item.uid())).toList();
        if (blocking.isEmpty()) {
            objects.removeFinalizer(item, OwnerGraph.FOREGROUND);
        }
        blocking.stream()
                .filter(dependent -> !dependent.deletingDependents())
                .forEach(dependent -> queue.add(dependent.uid()));
    }

    private void collect(Item item) {
        if (item.owners().isEmpty()) {
            return;
        }
        var solid = new ArrayList<Owner>();
        var absent = new LinkedHashSet<String>();
        var waiting = new LinkedHashSet<String>();
        for (var owner : item.owners()) {
            switch (standing(item, owner)) {
                case SOLID -> solid.add(owner);
                case ABSENT -> absent.add(owner.uid());
                case WAITING -> waiting.add(owner.uid());
            }
        }
        if (!solid.isEmpty()) {
            if (!absent.isEmpty() || !waiting.isEmpty()) {
                absent.addAll(waiting);
                objects.removeOwners(item, absent);
            }
        } else if (!waiting.isEmpty() && !graph.dependents(item.uid()).isEmpty()) {
            unblockCycle(item);
            objects.delete(item, DeletionPropagation.FOREGROUND);
        } else {
            objects.delete(item, policy(item.finalizers()));
        }
    }

    /** Two objects that own each other and are both deleted in the foreground would wait for each other for ever. */
    private void unblockCycle(Item item) {
        if (graph.dependents(item.uid()).stream().anyMatch(Item::deletingDependents)) {
            objects.unblockOwners(item);
        }
    }

    private static DeletionPropagation policy(Set<String> finalizers) {
        if (finalizers.contains(OwnerGraph.ORPHAN)) {
            return DeletionPropagation.ORPHAN;
        }
        return finalizers.contains(OwnerGraph.FOREGROUND)
                ? DeletionPropagation.FOREGROUND
                : DeletionPropagation.BACKGROUND;
    }

    private Standing standing(Item item, Owner owner) {
        var known = graph.get(owner.uid());
        if (known != null) {
            return known.deletingDependents() ? Standing.WAITING : Standing.SOLID;
        }
        var kind = discovery.find(owner.apiVersion(), owner.kind())
                .orElseThrow(() -> new IllegalStateException("no kind " + owner.kind() + " in " + owner.apiVersion()
                        + ", which owns " + item.kind().kind() + " " + item.namespace() + "/" + item.name()));
        var live = objects.get(kind, item.namespace(), owner.name());
        if (live == null || !live.getMetadata().getUid().equals(owner.uid())) {
            return Standing.ABSENT;
        }
        return item(kind, live).deletingDependents() ? Standing.WAITING : Standing.SOLID;
    }

    private enum Standing {
        SOLID, ABSENT, WAITING
    }

    private static Item item(ResourceKind kind, GenericKubernetesResource object) {
        var meta = object.getMetadata();
        List<Owner> owners = meta.getOwnerReferences() == null
                ? List.of()
                : meta.getOwnerReferences()
                        .stream()
                        .map(owner -> new Owner(owner.getApiVersion(), owner.getKind(), owner.getName(), owner.getUid(),
                                Boolean.TRUE.equals(owner.getBlockOwnerDeletion())))
                        .toList();
        Set<String> finalizers = meta.getFinalizers() == null ? Set.of() : Set.copyOf(meta.getFinalizers());
        var namespace = meta.getNamespace() == null ? "" : meta.getNamespace();
        return new Item(kind, namespace, meta.getName(), meta.getUid(), owners, finalizers,
                meta.getDeletionTimestamp() != null);
    }

    private void changed(Item item) {
        var before = graph.put(item);
        boolean same = before != null && before.equals(item);
        if (!same && (item.deletingDependents() || item.orphaning() || !item.owners().isEmpty())) {
            queue.add(item.uid());
        }
        if (before != null && !before.owners().equals(item.owners())) {
            before.owners().forEach(owner -> ownerMayGo(owner.uid()));
        }
    }

    private void gone(String uid) {
        var before = graph.remove(uid);
        graph.dependents(uid).forEach(dependent -> queue.add(dependent.uid()));
        if (before != null) {
            before.owners().forEach(owner -> ownerMayGo(owner.uid()));
        }
    }

    private void ownerMayGo(String uid) {
        var owner = graph.get(uid);
        if (owner != null && owner.deletingDependents()) {
            queue.add(uid);
        }
    }

    @Override
    public void close() {
        watcher.close();
        queue.close();
    }

    private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {
        private final ResourceKind kind;

        Handler(ResourceKind kind) {
            this.kind = kind;
        }

        @Override
        public void onAdd(GenericKubernetesResource object) {
            changed(item(kind, object));
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            if (!before.getMetadata().getUid().equals(after.getMetadata().getUid())) {
                gone(before.getMetadata().getUid());
            }
            changed(item(kind, after));
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
            gone(object.getMetadata().getUid());
        }
    }
}
