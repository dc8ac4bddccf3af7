package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds that the API server serves at this moment, each in its preferred version. Blocking; any thread. */
final class Discovery {
    private static final Set<String> COLLECTABLE = Set.of("list", "watch", "delete", "patch");

    private final KubernetesClient client;
    private volatile Map<String, ResourceKind> known = Map.of();

    Discovery(KubernetesClient client) {
        this.client = client;
    }

    /** Asks the API server for all kinds that can be listed, watched, patched and deleted; throws when a group does not answer. */
    List<ResourceKind> refresh() {
        var kinds = new LinkedHashMap<String, ResourceKind>();
        for (var kind : resources("v1")) {
            kinds.put("v1/" + kind.kind(), kind);
        }
        for (var group : client.getApiGroups().getGroups()) {
            var preferred = group.getPreferredVersion().getGroupVersion();
            var versions = new ArrayList<String>();
            versions.add(preferred);
            group.getVersions().forEach(version -> versions.add(version.getGroupVersion()));
            for (var version : versions) {
                for (var kind : resources(version)) {
                    kinds.putIfAbsent(group.getName() + "/" + kind.kind(), kind);
                }
            }
        }
        known = kinds;
        return List.copyOf(kinds.values());
    }

    /** The kind that an owner reference means. */
    Optional<ResourceKind> find(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        var key = (slash < 0 ? apiVersion : apiVersion.substring(0, slash)) + "/" + kind;
        var found = known.get(key);
        if (found == null) {
            refresh();
            found = known.get(key);
        }
        return Optional.ofNullable(found);
    }

    private List<ResourceKind> resources(String groupVersion) {
        var kinds = new ArrayList<ResourceKind>();
        var answer = client.getApiResources(groupVersion);
        if (answer == null) {
            return kinds;
        }
        int slash = groupVersion.indexOf('/');
        var group = slash < 0 ? "" : groupVersion.substring(0, slash);
        var version = groupVersion.substring(slash + 1);
        for (APIResource resource : answer.getResources()) {
            if (!resource.getName().contains("/") && collectable(resource.getVerbs())) {
                kinds.add(new ResourceKind(group, version, resource.getName(), resource.getKind(),
                        Boolean.TRUE.equals(resource.getNamespaced())));
            }
        }
        return kinds;
    }

    private static boolean collectable(@Nullable List<String> verbs) {
        return verbs != null && verbs.containsAll(COLLECTABLE);
    }
}
