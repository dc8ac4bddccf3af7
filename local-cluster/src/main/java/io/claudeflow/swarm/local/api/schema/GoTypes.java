package io.claudeflow.swarm.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/**
 * What decoding into a Go struct does: the built-in kinds (and every kind's metadata) must have the types that their schema declares,
 * and a quantity that is written as a number becomes a text.
 */
public final class GoTypes {
    private GoTypes() {}

    /** Checks the types in {@code object} and rewrites quantities in place; a sentence when a type is wrong. */
    public static Optional<String> decode(String kind, Schema schema, ObjectNode object) {
        return object(schema, object, kind);
    }

    private static Optional<String> node(Schema schema, JsonNode node, String path) {
        if (node.isNull() || !schema.builtIn()) {
            return Optional.empty();
        }
        if (schema.intOrString()) {
            return node.isIntegralNumber() || node.isTextual()
                    ? Optional.empty()
                    : wrong(node, path, "intstr.IntOrString");
        }
        return switch (schema.type()) {
            case "object" -> node instanceof ObjectNode object
                    ? object(schema, object, path)
                    : wrong(node, path, schema.additional() == null ? "struct" : "map");
            case "array" -> node instanceof ArrayNode array ? array(schema, array, path) : wrong(node, path, "slice");
            case "string" -> node.isTextual() ? Optional.empty() : wrong(node, path, "string");
            case "boolean" -> node.isBoolean() ? Optional.empty() : wrong(node, path, "bool");
            case "integer" -> node.isIntegralNumber() ? Optional.empty() : wrong(node, path, integer(schema));
            case "number" -> node.isNumber() ? Optional.empty() : wrong(node, path, "float64");
            default -> Optional.empty();
        };
    }

    private static Optional<String> object(Schema schema, ObjectNode object, String path) {
        for (var field : object.properties()) {
            var child = schema.field(field.getKey());
            if (child.quantity() && field.getValue().isNumber()) {
                field.setValue(TextNode.valueOf(field.getValue().asText()));
            }
            var wrong = node(child, field.getValue(), path + "." + field.getKey());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> array(Schema schema, ArrayNode array, String path) {
        for (var item : array) {
            var wrong = node(schema.items(), item, path);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static String integer(Schema schema) {
        return schema.source().path("format").asText("").equals("int32") ? "int32" : "int64";
    }

    private static Optional<String> wrong(JsonNode node, String path, String wanted) {
        var found = node.isTextual()
                ? "string"
                : node.isNumber() ? "number" : node.isBoolean() ? "bool" : node.isArray() ? "array" : "object";
        return Optional.of("json: cannot unmarshal " + found + " into Go struct field " + path + " of type " + wanted);
    }
}
