package io.claudeflow.swarm.local.api.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.resource.Catalog;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What groups, versions and resources there are, in the old form (a document each) and the aggregated one. */
public final class Discovery {
    private final Catalog catalog;

    public Discovery(Catalog catalog) {
        this.catalog = catalog;
    }

    /** /version: the release whose behaviour is followed. */
    public static ObjectNode version() {
        return KubeJson.object()
                .put("major", "1")
                .put("minor", "34")
                .put("gitVersion", "v1.34.4+swarm-local")
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "1970-01-01T00:00:00Z")
                .put("goVersion", "")
                .put("compiler", "javac")
                .put("platform", System.getProperty("os.name").toLowerCase(Locale.ROOT) + "/"
                        + System.getProperty("os.arch"));
    }

    /** /api. */
    public static ObjectNode coreVersions() {
        var out = KubeJson.object().put("kind", "APIVersions");
        out.putArray("versions").add("v1");
        out.putArray("serverAddressByClientCIDRs");
        return out;
    }

    /** /apis. */
    public ObjectNode groups() {
        var out = KubeJson.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        var list = out.putArray("groups");
        versionsByGroup().forEach((group, versions) -> {
            if (!group.isEmpty()) {
                list.add(group(group, versions));
            }
        });
        return out;
    }

    /** /apis/GROUP. */
    public Optional<ObjectNode> group(String name) {
        return Optional.ofNullable(versionsByGroup().get(name)).filter(_ -> !name.isEmpty()).map(versions -> {
            var out = KubeJson.object().put("kind", "APIGroup").put("apiVersion", "v1");
            out.setAll(group(name, versions));
            return out;
        });
    }

    private Map<String, Set<String>> versionsByGroup() {
        var out = new LinkedHashMap<String, Set<String>>();
        catalog.all()
                .forEach(type -> out.computeIfAbsent(type.group(), _ -> new LinkedHashSet<>()).add(type.version()));
        return out;
    }

    private static ObjectNode group(String name, Set<String> versions) {
        var out = KubeJson.object().put("name", name);
        var list = out.putArray("versions");
        for (var version : versions) {
            list.addObject().put("groupVersion", name + "/" + version).put("version", version);
        }
        out.set("preferredVersion", list.get(0));
        return out;
    }

    /** /api/v1 and /apis/GROUP/VERSION; empty when nothing is served there. */
    public Optional<ObjectNode> resources(String apiVersion) {
        var out = KubeJson.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", apiVersion);
        var list = out.putArray("resources");
        for (var type : catalog.all()) {
            if (type.apiVersion().equals(apiVersion)) {
                resource(type, list);
            }
        }
        return list.isEmpty() ? Optional.empty() : Optional.of(out);
    }

    private static void resource(ResourceType type, ArrayNode list) {
        var entry = list.addObject()
                .put("name", type.plural())
                .put("singularName", type.singular())
                .put("namespaced", type.namespaced())
                .put("kind", type.kind());
        entry.set("verbs", KubeJson.arrayOf(new TreeSet<>(type.verbs())));
        if (!type.shortNames().isEmpty()) {
            entry.set("shortNames", KubeJson.arrayOf(type.shortNames()));
        }
        if (!type.categories().isEmpty()) {
            entry.set("categories", KubeJson.arrayOf(type.categories()));
        }
        for (var name : new TreeSet<>(type.subresources())) {
            Subresource.of(type, name).ifPresent(sub -> {
                var node = list.addObject()
                        .put("name", type.plural() + "/" + name)
                        .put("singularName", "")
                        .put("namespaced", type.namespaced());
                if (!sub.group().equals(type.group()) || !sub.version().equals(type.version())) {
                    node.put("group", sub.group()).put("version", sub.version());
                }
                node.put("kind", sub.kind()).set("verbs", KubeJson.arrayOf(sub.verbs()));
            });
        }
    }

    /** /api or /apis as one document with everything. */
    public ObjectNode aggregated(boolean core) {
        var out = KubeJson.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
        out.putObject("metadata");
        var items = out.putArray("items");
        versionsByGroup().forEach((group, versions) -> {
            if (group.isEmpty() != core) {
                return;
            }
            var item = items.addObject();
            var meta = item.putObject("metadata");
            if (!core) {
                meta.put("name", group);
            }
            meta.putNull("creationTimestamp");
            var list = item.putArray("versions");
            for (var version : versions) {
                var entry = list.addObject().put("version", version);
                var resources = entry.putArray("resources");
                for (var type : catalog.all()) {
                    if (type.group().equals(group) && type.version().equals(version)) {
                        resources.add(aggregated(type));
                    }
                }
                entry.put("freshness", "Current");
            }
        });
        return out;
    }

    private static ObjectNode aggregated(ResourceType type) {
        var out = KubeJson.object().put("resource", type.plural());
        out.set("responseKind", kind(type.group(), type.version(), type.kind()));
        out.put("scope", type.namespaced() ? "Namespaced" : "Cluster").put("singularResource", type.singular());
        out.set("verbs", KubeJson.arrayOf(new TreeSet<>(type.verbs())));
        if (!type.shortNames().isEmpty()) {
            out.set("shortNames", KubeJson.arrayOf(type.shortNames()));
        }
        if (!type.categories().isEmpty()) {
            out.set("categories", KubeJson.arrayOf(type.categories()));
        }
        var subresources = KubeJson.array();
        for (var name : new TreeSet<>(type.subresources())) {
            Subresource.of(type, name).ifPresent(sub -> {
                var node = subresources.addObject().put("subresource", name);
                node.set("responseKind", kind(sub.group(), sub.version(), sub.kind()));
                node.set("verbs", KubeJson.arrayOf(sub.verbs()));
            });
        }
        if (!subresources.isEmpty()) {
            out.set("subresources", subresources);
        }
        return out;
    }

    private static ObjectNode kind(String group, String version, String kind) {
        return KubeJson.object().put("group", group).put("version", version).put("kind", kind);
    }

    /** A subresource as discovery names it. */
    private record Subresource(String group, String version, String kind, List<String> verbs) {
        private static final List<String> READ_WRITE = List.of("get", "patch", "update");
        private static final List<String> CREATE = List.of("create");

        /** Empty for what is refused when it is asked for. */
        static Optional<Subresource> of(ResourceType type, String name) {
            return switch (name) {
                case "scale" -> Optional.of(new Subresource("autoscaling", "v1", "Scale", READ_WRITE));
                case "status" -> Optional.of(new Subresource(type.group(), type.version(), type.kind(), READ_WRITE));
                case "log" -> Optional.of(new Subresource(type.group(), type.version(), type.kind(), List.of("get")));
                case "finalize" -> Optional.of(
                        new Subresource(type.group(), type.version(), type.kind(), List.of("update")));
                case "binding" -> Optional.of(new Subresource("", "v1", "Binding", CREATE));
                case "eviction" -> Optional.of(new Subresource("policy", "v1", "Eviction", CREATE));
                case "token" -> Optional.of(new Subresource("authentication.k8s.io", "v1", "TokenRequest", CREATE));
                default -> Optional.empty();
            };
        }
    }
}
