package io.claudeflow.swarm.local.api.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.resource.Catalog;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** OpenAPI documents: version 3 by group and version, and version 2 as far as clients still ask for it. */
public final class OpenApi {
    private static final String REF = "#/components/schemas/";

    private final Catalog catalog;

    public OpenApi(Catalog catalog) {
        this.catalog = catalog;
    }

    private static String path(ResourceType type) {
        return type.group().isEmpty() ? "api/v1" : "apis/" + type.apiVersion();
    }

    /** /openapi/v3: where the documents are. Clients keep a document for ever under its address, hence the hash of its content. */
    public ObjectNode index() {
        var hashes = new LinkedHashMap<String, Integer>();
        for (var type : catalog.all()) {
            int hash = type.custom() == null ? type.definition().hashCode() : type.custom().toString().hashCode();
            hashes.merge(path(type), hash, (a, b) -> 31 * a + b);
        }
        var out = KubeJson.object();
        var paths = out.putObject("paths");
        hashes.forEach((path, hash) -> paths.putObject(path)
                .put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + Integer.toHexString(hash)));
        return out;
    }

    /** The document of a group and version, named as in {@link #index}. */
    public Optional<ObjectNode> document(String path) {
        var types = catalog.all().stream().filter(type -> path(type).equals(path)).toList();
        if (types.isEmpty()) {
            return Optional.empty();
        }
        var out = KubeJson.object().put("openapi", "3.0.0");
        out.putObject("info")
                .put("title", "Kubernetes")
                .put("version", Discovery.version().path("gitVersion").asText());
        var paths = out.putObject("paths");
        var schemas = out.putObject("components").putObject("schemas");
        for (var type : types) {
            schemas.set(type.definition(), root(type));
            paths("/" + path, type, paths);
        }
        addReferences(schemas);
        return Optional.of(out);
    }

    private ObjectNode root(ResourceType type) {
        ObjectNode schema;
        if (type.custom() == null) {
            var built = catalog.schemas().definition(type.definition());
            schema = built == null ? KubeJson.object().put("type", "object") : built.deepCopy();
        } else {
            schema = type.schema().source().deepCopy();
        }
        schema.putArray("x-kubernetes-group-version-kind").add(kind(type));
        return schema;
    }

    private static ObjectNode kind(ResourceType type) {
        return KubeJson.object().put("group", type.group()).put("kind", type.kind()).put("version", type.version());
    }

    /** The definitions that the schemas refer to, and those that these refer to. */
    private void addReferences(ObjectNode schemas) {
        var todo = new ArrayDeque<JsonNode>();
        schemas.forEach(todo::add);
        while (!todo.isEmpty()) {
            for (var ref : todo.remove().findValuesAsText("$ref")) {
                var name = ref.startsWith(REF) ? ref.substring(REF.length()) : "";
                var definition = name.isEmpty() || schemas.has(name) ? null : catalog.schemas().definition(name);
                if (definition != null) {
                    schemas.set(name, definition);
                    todo.add(definition);
                }
            }
        }
    }

    private static void paths(String prefix, ResourceType type, ObjectNode paths) {
        var collection = prefix + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
        operation(paths, collection, "post", "post", type);
        if (type.verbs().contains("get")) {
            operation(paths, collection, "get", "list", type);
            operation(paths, collection + "/{name}", "get", "get", type);
            operation(paths, collection + "/{name}", "put", "put", type);
            operation(paths, collection + "/{name}", "patch", "patch", type);
            operation(paths, collection + "/{name}", "delete", "delete", type);
        }
    }

    private static void operation(ObjectNode paths, String path, String method, String action, ResourceType type) {
        var operation = KubeJson.child(paths, path).putObject(method);
        operation.put("x-kubernetes-action", action).set("x-kubernetes-group-version-kind", kind(type));
        if (List.of("post", "put", "patch").contains(method)) {
            var parameters = operation.putArray("parameters");
            for (var name : List.of("dryRun", "fieldManager", "fieldValidation")) {
                parameters.addObject().put("name", name).put("in", "query").putObject("schema").put("type", "string");
            }
        }
        operation.putObject("responses")
                .putObject("200")
                .put("description", "OK")
                .putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", REF + type.definition());
    }

    /** /openapi/v2: definitions of every kind, without paths. */
    public ObjectNode version2() {
        var out = KubeJson.object().put("swagger", "2.0");
        out.putObject("info")
                .put("title", "Kubernetes")
                .put("version", Discovery.version().path("gitVersion").asText());
        out.putObject("paths");
        var schemas = KubeJson.object();
        for (var type : catalog.all()) {
            schemas.set(type.definition(), root(type));
        }
        addReferences(schemas);
        out.set("definitions", KubeJson.parse(KubeJson.text(schemas).replace(REF, "#/definitions/")));
        return out;
    }
}
