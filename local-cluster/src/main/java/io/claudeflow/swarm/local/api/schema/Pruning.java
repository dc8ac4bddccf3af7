package io.claudeflow.swarm.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Drops the fields that a schema does not know. */
public final class Pruning {
    private final List<String> unknown = new ArrayList<>();

    private Pruning() {}

    /**
     * Drops unknown fields from {@code object} in place, and from objects of Go types the fields that Go leaves out when empty.
     *
     * @return the paths of the unknown fields, such as {@code spec.agents[0].nam}, in the object's order
     */
    public static List<String> prune(Schema schema, ObjectNode object) {
        var pruning = new Pruning();
        pruning.object(schema, object, "");
        return pruning.unknown;
    }

    private void node(Schema schema, JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            object(schema, object, path);
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                node(schema.items(), array.get(i), path + "[" + i + "]");
            }
        }
    }

    /** What Go's omitempty leaves out: nulls, empty lists and empty maps, but not empty structs. */
    private static boolean omitted(Schema schema, JsonNode value) {
        boolean collection = value.isArray() || schema.additional() != null;
        return value.isNull() || (collection && value.isEmpty());
    }

    private void object(Schema schema, ObjectNode object, String path) {
        var additional = schema.additional();
        for (var fields = object.properties().iterator(); fields.hasNext();) {
            var field = fields.next();
            var at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            var declared = schema.declared(field.getKey());
            boolean implied = schema.embedded()
                    && List.of("apiVersion", "kind", "metadata").contains(field.getKey());
            var known = declared != null ? declared : additional;
            if (known == null && !schema.preservesUnknown() && !implied) {
                unknown.add(at);
                fields.remove();
            } else if (known != null) {
                node(known, field.getValue(), at);
                if (known.builtIn() && omitted(known, field.getValue())) {
                    fields.remove();
                }
            }
        }
    }
}
