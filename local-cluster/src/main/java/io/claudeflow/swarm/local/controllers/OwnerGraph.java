package io.claudeflow.swarm.local.controllers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who owns whom, by UID, as the informers have told so far. Thread-safe. */
final class OwnerGraph {
    /** The finalizer of an object that waits for its dependents to go first. */
    static final String FOREGROUND = "foregroundDeletion";
    /** The finalizer of an object whose dependents shall stay. */
    static final String ORPHAN = "orphan";

    private final Map<String, Item> items = new HashMap<>();
    private final Map<String, Set<String>> dependents = new HashMap<>();

    /** An owner reference. */
    record Owner(String apiVersion, String kind, String name, String uid, boolean blocks) {}

    /** What garbage collection knows of an object. */
    record Item(ResourceKind kind, String namespace, String name, String uid, List<Owner> owners,
            Set<String> finalizers,
            boolean deleting) {
        Item {
            owners = List.copyOf(owners);
            finalizers = Set.copyOf(finalizers);
        }

        boolean deletingDependents() {
            return deleting && finalizers.contains(FOREGROUND);
        }

        boolean orphaning() {
            return deleting && finalizers.contains(ORPHAN);
        }

        boolean blocks(String ownerUid) {
            return owners.stream().anyMatch(owner -> owner.uid().equals(ownerUid) && owner.blocks());
        }
    }

    /** Adds or replaces an item; returns what was known of it before. */
    synchronized @Nullable Item put(Item item) {
        var before = items.put(item.uid(), item);
        if (before != null) {
            before.owners().forEach(owner -> forget(owner.uid(), item.uid()));
        }
        item.owners()
                .forEach(owner -> dependents.computeIfAbsent(owner.uid(), _ -> new LinkedHashSet<>()).add(item.uid()));
        return before;
    }

    /** Removes an item; those that it owned stay known as its dependents until they go themselves. */
    synchronized @Nullable Item remove(String uid) {
        var before = items.remove(uid);
        if (before != null) {
            before.owners().forEach(owner -> forget(owner.uid(), uid));
        }
        return before;
    }

    synchronized @Nullable Item get(String uid) {
        return items.get(uid);
    }

    /** The known items that name that UID as owner. */
    synchronized List<Item> dependents(String uid) {
        var found = new ArrayList<Item>();
        for (var dependent : dependents.getOrDefault(uid, Set.of())) {
            var item = items.get(dependent);
            if (item != null) {
                found.add(item);
            }
        }
        return found;
    }

    private void forget(String owner, String dependent) {
        dependents.computeIfPresent(owner, (_, uids) -> {
            uids.remove(dependent);
            return uids.isEmpty() ? null : uids;
        });
    }
}
