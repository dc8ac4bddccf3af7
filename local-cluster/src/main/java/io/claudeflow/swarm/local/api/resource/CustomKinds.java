package io.claudeflow.swarm.local.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schema;
import io.claudeflow.swarm.local.api.schema.Schemas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a CustomResourceDefinition adds to the catalog. */
public final class CustomKinds {
    private CustomKinds() {}

    /** The served versions of a definition, newest first by Kubernetes' order of version names. */
    public static List<ResourceType> types(JsonNode definition, Schemas schemas) {
        var out = new ArrayList<ResourceType>();
        for (var version : definition.path("spec").path("versions")) {
            if (version.path("served").asBoolean(false) && version instanceof ObjectNode entry) {
                out.add(type(definition.path("spec"), entry, schemas));
            }
        }
        out.sort((a, b) -> VersionOrder.NEWEST_FIRST.compare(a.version(), b.version()));
        return out;
    }

    /** The version that objects are stored in. */
    public static String storageVersion(JsonNode definition) {
        for (var version : definition.path("spec").path("versions")) {
            if (version.path("storage").asBoolean(false)) {
                return KubeJson.string(version, "name");
            }
        }
        return "";
    }

    private static ResourceType type(JsonNode spec, ObjectNode version, Schemas schemas) {
        var names = spec.path("names");
        var group = KubeJson.string(spec, "group");
        var kind = KubeJson.string(names, "kind");
        var singular = KubeJson.string(names, "singular");
        var subresources = new HashSet<String>();
        version.path("subresources").fieldNames().forEachRemaining(subresources::add);
        var selectable = new HashSet<String>();
        version.path("selectableFields").forEach(f -> selectable.add(KubeJson.string(f, "jsonPath").substring(1)));
        var resource = new GroupResource(group, KubeJson.string(names, "plural"));
        var schema = schema(version, schemas);
        return new ResourceType(resource, group, KubeJson.string(version, "name"), kind,
                singular.isEmpty() ? kind.toLowerCase(Locale.ROOT) : singular,
                KubeJson.string(spec, "scope").equals("Namespaced"), KubeJson.strings(names.path("shortNames")),
                KubeJson.strings(names.path("categories")), Set.copyOf(subresources), ResourceType.ALL_VERBS,
                Set.copyOf(selectable), definitionName(group, KubeJson.string(version, "name"), kind), () -> schema,
                version);
    }

    private static Schema schema(ObjectNode version, Schemas schemas) {
        return schemas.custom(version.path("schema").get("openAPIV3Schema") instanceof ObjectNode written
                ? written
                : KubeJson.object().put("type", "object"));
    }

    /** The group reversed, as kube-apiserver names custom definitions. */
    private static String definitionName(String group, String version, String kind) {
        return String.join(".", List.of(group.split("\\.")).reversed()) + "." + version + "." + kind;
    }
}
