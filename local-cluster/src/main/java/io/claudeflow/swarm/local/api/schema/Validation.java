package io.claudeflow.swarm.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Checks an object against a custom resource's schema; sentences as kube-openapi writes them. */
public final class Validation {
    private final List<FieldError> errors = new ArrayList<>();

    private Validation() {}

    /** Everything that is wrong, in the schema's order; empty when the object is valid. Of metadata only what the author demands is looked at. */
    public static List<FieldError> validate(Schema schema, ObjectNode object) {
        var validation = new Validation();
        validation.objectShape(schema, object, "");
        if (schema.namesOfMeta() instanceof Schema meta && object.has("metadata")) {
            validation.node(meta, object.get("metadata"), "metadata");
        }
        return validation.errors;
    }

    private void node(Schema schema, JsonNode node, String path) {
        if (schema.builtIn() || (node.isNull() && schema.nullable())) {
            return;
        }
        if (!typeFits(schema, node)) {
            var wanted = schema.intOrString() ? "integer,string" : schema.type();
            var found = typeOf(node);
            errors.add(new FieldError(FieldError.Kind.TYPE, path, '"' + found + '"',
                    path + " in body must be of type " + wanted + ": \"" + found + '"'));
            return;
        }
        var source = schema.source();
        enumeration(source, node, path);
        switch (node) {
            case ObjectNode object -> objectShape(schema, object, path);
            case ArrayNode array -> list(schema, array, path);
            default -> errors.addAll(Scalars.check(source, node, path));
        }
        combinations(source, node, path);
    }

    private static boolean typeFits(Schema schema, JsonNode node) {
        if (schema.intOrString()) {
            return node.isIntegralNumber() || node.isTextual();
        }
        return switch (schema.type()) {
            case "object" -> node.isObject();
            case "array" -> node.isArray();
            case "string" -> node.isTextual();
            case "boolean" -> node.isBoolean();
            case "number" -> node.isNumber();
            case "integer" -> node.isIntegralNumber()
                    || (node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue()));
            default -> true;
        };
    }

    private static String typeOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> node.isIntegralNumber() ? "integer" : "number";
            default -> "null";
        };
    }

    private void enumeration(ObjectNode source, JsonNode node, String path) {
        if (!(source.get("enum") instanceof ArrayNode allowed)) {
            return;
        }
        var shown = new ArrayList<String>();
        for (var value : allowed) {
            if (KubeJson.same(value, node)) {
                return;
            }
            shown.add(value.isTextual() ? KubeJson.text(value) : '"' + KubeJson.text(value) + '"');
        }
        errors.add(new FieldError(FieldError.Kind.NOT_SUPPORTED, path, FieldError.shown(node),
                "supported values: " + String.join(", ", shown)));
    }

    private void objectShape(Schema schema, ObjectNode object, String path) {
        var source = schema.source();
        for (var required : source.path("required")) {
            if (!object.has(required.asText())) {
                errors.add(FieldError.required(join(path, required.asText()), ""));
            }
        }
        if (source.has("maxProperties") && object.size() > source.get("maxProperties").asInt()) {
            errors.add(new FieldError(FieldError.Kind.TOO_MANY, path, String.valueOf(object.size()),
                    "must have at most " + source.get("maxProperties").asInt() + " items"));
        }
        if (source.has("minProperties") && object.size() < source.get("minProperties").asInt()) {
            errors.add(FieldError.invalid(path, KubeJson.MAPPER.getNodeFactory().numberNode(object.size()),
                    path + " in body should have at least " + source.get("minProperties").asInt() + " properties"));
        }
        var additional = schema.additional();
        for (var field : object.properties()) {
            var declared = schema.declared(field.getKey());
            if (declared != null) {
                node(declared, field.getValue(), join(path, field.getKey()));
            } else if (additional != null) {
                node(additional, field.getValue(), join(path, field.getKey()));
            }
        }
    }

    private void list(Schema schema, ArrayNode array, String path) {
        var source = schema.source();
        if (source.has("maxItems") && array.size() > source.get("maxItems").asInt()) {
            errors.add(new FieldError(FieldError.Kind.TOO_MANY, path, String.valueOf(array.size()),
                    "must have at most " + source.get("maxItems").asInt() + " items"));
        }
        if (source.has("minItems") && array.size() < source.get("minItems").asInt()) {
            errors.add(FieldError.invalid(path, KubeJson.MAPPER.getNodeFactory().numberNode(array.size()),
                    path + " in body should have at least " + source.get("minItems").asInt() + " items"));
        }
        var seen = new HashSet<JsonNode>();
        for (int i = 0; i < array.size(); i++) {
            var item = array.get(i);
            node(schema.items(), item, path + "[" + i + "]");
            var identity = identity(schema, item);
            if (!identity.isMissingNode() && !seen.add(identity)) {
                errors.add(FieldError.duplicate(path + "[" + i + "]", identity));
            }
        }
    }

    /** What must be unique among the items of a set or a map; missing for other lists. */
    private static JsonNode identity(Schema schema, JsonNode item) {
        return switch (schema.listType()) {
            case ATOMIC -> KubeJson.MAPPER.missingNode();
            case SET -> item;
            case MAP -> {
                var keys = KubeJson.object();
                schema.listKeys().forEach(key -> {
                    if (item.has(key)) {
                        keys.set(key, item.get(key));
                    }
                });
                yield keys;
            }
        };
    }

    private void combinations(ObjectNode source, JsonNode node, String path) {
        for (var all : source.path("allOf")) {
            errors.addAll(failures(all, node, path));
        }
        if (source.has("anyOf") && matching(source.get("anyOf"), node, path) == 0) {
            errors.add(FieldError.invalid(path, node, path + " in body must validate at least one schema (anyOf)"));
        }
        if (source.has("oneOf")) {
            int matching = matching(source.get("oneOf"), node, path);
            if (matching != 1) {
                errors.add(FieldError.invalid(path, node, path
                        + " in body must validate one and only one schema (oneOf). Found "
                        + (matching == 0 ? "none valid" : matching + " valid alternatives")));
            }
        }
        if (source.has("not") && failures(source.get("not"), node, path).isEmpty()) {
            errors.add(FieldError.invalid(path, node, path + " in body must not validate the schema (not)"));
        }
    }

    private static int matching(JsonNode alternatives, JsonNode node, String path) {
        int count = 0;
        for (var alternative : alternatives) {
            count += failures(alternative, node, path).isEmpty() ? 1 : 0;
        }
        return count;
    }

    private static List<FieldError> failures(JsonNode schema, JsonNode node, String path) {
        var validation = new Validation();
        if (schema instanceof ObjectNode source) {
            validation.node(Schema.custom(source, _ -> null), node, path);
        }
        return validation.errors;
    }

    private static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
