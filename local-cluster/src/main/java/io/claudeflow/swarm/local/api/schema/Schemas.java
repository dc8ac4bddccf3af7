package io.claudeflow.swarm.local.api.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of built-in kinds, and custom ones on top of them. The built-in ones are Kubernetes' own OpenAPI definitions
 * (Apache License 2.0), trimmed by built-in-kinds.py; the file is read when first needed.
 */
public final class Schemas {
    private static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    private @Nullable ObjectNode definitions;
    private @Nullable ObjectNode fieldNumbers;

    /** The definition of that name, such as {@code io.k8s.api.core.v1.Pod}; null when there is none. */
    public @Nullable ObjectNode definition(String name) {
        var loaded = definitions;
        if (loaded == null) {
            loaded = load("built-in-kinds.json");
            definitions = loaded;
        }
        return loaded.get(name) instanceof ObjectNode definition ? definition : null;
    }

    /** Protobuf field numbers of that definition, or null: {@code number -> field} (with {@code *} where zero means something), or {@code >definition} for what JSON inlines. */
    public @Nullable ObjectNode fieldNumbers(String name) {
        var loaded = fieldNumbers;
        if (loaded == null) {
            loaded = load("protobuf-fields.json");
            fieldNumbers = loaded;
        }
        return loaded.get(name) instanceof ObjectNode numbers ? numbers : null;
    }

    /** The definition of a kind, by what an object says of itself; empty when there is none. */
    public String definitionOf(String apiVersion, String kind) {
        if (kind.equals("DeleteOptions")) {
            return "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";
        }
        definition(OBJECT_META);
        for (var entry : Objects.requireNonNull(definitions).properties()) {
            for (var named : entry.getValue().path("x-kubernetes-group-version-kind")) {
                var group = KubeJson.string(named, "group");
                var version = KubeJson.string(named, "version");
                if (kind.equals(KubeJson.string(named, "kind"))
                        && apiVersion.equals(group.isEmpty() ? version : group + "/" + version)) {
                    return entry.getKey();
                }
            }
        }
        return "";
    }

    /** The schema of a built-in kind. */
    public Schema builtIn(String definition) {
        return Schema.builtIn(Objects.requireNonNull(definition(definition), definition), this::definition);
    }

    /** The schema of a version of a custom resource: what its author wrote, with Kubernetes' own metadata. */
    public Schema custom(ObjectNode openApiV3Schema) {
        var root = withMeta(openApiV3Schema);
        return openApiV3Schema.path("properties").get("metadata") instanceof ObjectNode meta && meta.has("properties")
                ? Schema.custom(root, this::definition, meta)
                : Schema.custom(root, this::definition);
    }

    /** A copy of a custom resource's schema that declares apiVersion, kind and metadata as Kubernetes does. */
    public static ObjectNode withMeta(ObjectNode openApiV3Schema) {
        var root = openApiV3Schema.objectNode();
        root.setAll(openApiV3Schema);
        var properties = root.objectNode();
        if (root.get("properties") instanceof ObjectNode declared) {
            properties.setAll(declared);
        }
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        properties.putObject("metadata").put("$ref", Schema.REF + OBJECT_META);
        root.set("properties", properties);
        return root;
    }

    private static ObjectNode load(String resource) {
        try (var in = Objects.requireNonNull(Schemas.class.getResourceAsStream(resource), resource)) {
            return (ObjectNode) KubeJson.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
