package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.jspecify.annotations.Nullable;

/**
 * A kind as discovery tells it.
 *
 * @param group      empty for the core group
 * @param namespaced whether its objects lie in namespaces
 */
record ResourceKind(String group, String version, String plural, String kind, boolean namespaced) {
    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The same for all versions of the kind. */
    String identity() {
        return plural + "." + group;
    }

    /** The address of one object, or of the collection when {@code name} is null. */
    String path(String namespace, @Nullable String name) {
        var root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        var scope = namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "";
        return root + scope + "/" + plural + (name == null ? "" : "/" + name);
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder().withGroup(group)
                .withVersion(version)
                .withPlural(plural)
                .withKind(kind)
                .withNamespaced(namespaced)
                .build();
    }
}
