package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The name of an object of a kind that is known from elsewhere.
 *
 * @param namespace empty for a cluster-wide kind
 */
record ObjectKey(String namespace, String name) {
    static ObjectKey of(HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        return new ObjectKey(namespace == null ? "" : namespace, object.getMetadata().getName());
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
