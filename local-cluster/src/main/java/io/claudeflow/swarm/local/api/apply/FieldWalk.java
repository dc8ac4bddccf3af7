package io.claudeflow.swarm.local.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.schema.Schema;

/** Which fields an object sets: the set that an applier owns (structured-merge-diff's ToFieldSet). */
final class FieldWalk {
    private FieldWalk() {}

    static FieldSet fields(Schema schema, ObjectNode object) {
        return below(schema, object);
    }

    /** Whether nothing below the value has an owner of its own. */
    static boolean leaf(Schema schema, JsonNode value) {
        return switch (value) {
            case ObjectNode _ -> schema.atomicMap();
            case ArrayNode _ -> !ListItems.associative(schema);
            default -> true;
        };
    }

    private static FieldSet below(Schema schema, JsonNode value) {
        var out = new FieldSet();
        if (value instanceof ObjectNode object) {
            object.properties().forEach(e -> field(schema, e.getKey(), e.getValue(), out));
        } else {
            ListItems.of(schema, value).forEach((step, item) -> {
                out.insertMember(step);
                if (!leaf(schema.items(), item)) {
                    out.putChild(step, below(schema.items(), item));
                }
            });
        }
        return out;
    }

    private static void field(Schema schema, String name, JsonNode value, FieldSet out) {
        var step = "f:" + name;
        var child = schema.field(name);
        boolean leaf = leaf(child, value);
        if (leaf || (value.isObject() && value.isEmpty()) || schema.declared(name) == null) {
            out.insertMember(step);
        }
        if (!leaf) {
            out.putChild(step, below(child, value));
        }
    }
}
