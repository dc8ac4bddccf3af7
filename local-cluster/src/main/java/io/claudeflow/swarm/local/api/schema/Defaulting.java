package io.claudeflow.swarm.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in the defaults that a schema declares. */
public final class Defaulting {
    private Defaulting() {}

    /** Sets absent fields to their defaults, in place; a null where null is not allowed counts as absent. */
    public static void apply(Schema schema, JsonNode node) {
        if (node instanceof ObjectNode object) {
            properties(schema, object);
            var additional = schema.additional();
            if (additional != null) {
                object.properties().forEach(e -> apply(additional, e.getValue()));
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(item -> apply(schema.items(), item));
        }
    }

    private static void properties(Schema schema, ObjectNode object) {
        for (var name : schema.properties()) {
            var property = schema.declared(name);
            if (property == null) {
                continue;
            }
            var fallback = property.defaultValue();
            var value = object.get(name);
            boolean absent = value == null || (value.isNull() && !property.nullable());
            if (absent && fallback != null) {
                value = fallback.deepCopy();
                object.set(name, value);
            }
            if (value != null) {
                apply(property, value);
            }
        }
    }
}
