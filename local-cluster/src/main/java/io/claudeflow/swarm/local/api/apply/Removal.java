package io.claudeflow.swarm.local.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.schema.Schema;

/** Takes fields out of an object. A map or list that is emptied by it goes too, as Go's omitempty has it. */
final class Removal {
    private Removal() {}

    /** A new object without those fields. */
    static ObjectNode remove(Schema schema, ObjectNode object, FieldSet fields) {
        var out = object.objectNode();
        for (var entry : object.properties()) {
            var step = "f:" + entry.getKey();
            if (!fields.hasMember(step)) {
                var kept = value(schema.field(entry.getKey()), entry.getValue(), fields.below(step));
                if (!emptied(entry.getValue(), kept)) {
                    out.set(entry.getKey(), kept);
                }
            }
        }
        return out;
    }

    private static JsonNode value(Schema schema, JsonNode value, FieldSet fields) {
        if (fields.isEmpty() || FieldWalk.leaf(schema, value)) {
            return value.deepCopy();
        }
        return value instanceof ObjectNode object ? remove(schema, object, fields) : items(schema, value, fields);
    }

    private static JsonNode items(Schema schema, JsonNode list, FieldSet fields) {
        var out = ((ArrayNode) list).arrayNode();
        for (var item : list) {
            var step = ListItems.step(schema, item);
            if (!fields.hasMember(step)) {
                out.add(value(schema.items(), item, fields.below(step)));
            }
        }
        return out;
    }

    private static boolean emptied(JsonNode before, JsonNode after) {
        return before.isContainerNode() && !before.isEmpty() && after.isEmpty();
    }
}
