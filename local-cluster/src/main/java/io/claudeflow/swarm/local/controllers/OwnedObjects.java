package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.controllers.OwnerGraph.Item;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What garbage collection does to objects of any kind. Each call looks at the object's UID, so a namesake is never touched. */
final class OwnedObjects {
    private final KubernetesClient client;

    OwnedObjects(KubernetesClient client) {
        this.client = client;
    }

    @Nullable
    GenericKubernetesResource get(ResourceKind kind, String namespace, String name) {
        return resource(kind, namespace, name).get();
    }

    /** Deletes the object if it still has that UID. */
    void delete(Item item, DeletionPropagation propagation) {
        var options = Map.of("apiVersion", "v1", "kind", "DeleteOptions", "propagationPolicy", propagation.toString(),
                "preconditions", Map.of("uid", item.uid()));
        try {
            client.raw(item.kind().path(item.namespace(), item.name()), "DELETE", options);
        } catch (KubernetesClientException e) {
            // 409: another object by that name.
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
        }
    }

    /** Takes those owners off the object. */
    void removeOwners(Item item, Set<String> uids) {
        edit(item,
                object -> object.getMetadata().getOwnerReferences().removeIf(owner -> uids.contains(owner.getUid())));
    }

    /** Lets the object's owners go before it. */
    void unblockOwners(Item item) {
        edit(item, object -> {
            boolean changed = false;
            for (var owner : object.getMetadata().getOwnerReferences()) {
                changed |= Boolean.TRUE.equals(owner.getBlockOwnerDeletion());
                owner.setBlockOwnerDeletion(false);
            }
            return changed;
        });
    }

    /** Takes a finalizer off the object. */
    void removeFinalizer(Item item, String finalizer) {
        edit(item, object -> object.getMetadata().getFinalizers().remove(finalizer));
    }

    /** Changes the object by an update with its resource version; a conflict is thrown and the caller comes again. */
    private void edit(Item item, Edit edit) {
        var resource = resource(item.kind(), item.namespace(), item.name());
        var object = resource.get();
        if (object == null || !object.getMetadata().getUid().equals(item.uid()) || !edit.apply(object)) {
            return;
        }
        try {
            client.raw(item.kind().path(item.namespace(), item.name()), "PUT", object);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    private Resource<GenericKubernetesResource> resource(ResourceKind kind, String namespace, String name) {
        var all = client.genericKubernetesResources(kind.context());
        return kind.namespaced() ? all.inNamespace(namespace).withName(name) : all.withName(name);
    }

    @FunctionalInterface
    private interface Edit {
        boolean apply(GenericKubernetesResource object);
    }
}
