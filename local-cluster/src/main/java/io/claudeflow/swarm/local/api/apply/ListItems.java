package io.claudeflow.swarm.local.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The items of a list whose items can be told apart, by their path step. */
final class ListItems {
    private ListItems() {}

    /** Whether the list is owned item by item. */
    static boolean associative(Schema schema) {
        return schema.listType() != Schema.ListType.ATOMIC;
    }

    /** The items by path step, in the list's order; of items with the same step the first one. */
    static Map<String, JsonNode> of(Schema schema, JsonNode list) {
        var out = new LinkedHashMap<String, JsonNode>();
        if (list instanceof ArrayNode array) {
            array.forEach(item -> out.putIfAbsent(step(schema, item), item));
        }
        return out;
    }

    /** The path step of one item. */
    static String step(Schema schema, JsonNode item) {
        if (schema.listType() == Schema.ListType.SET) {
            return "v:" + KubeJson.text(item);
        }
        var keys = KubeJson.object();
        for (var key : new TreeSet<>(schema.listKeys())) {
            var value = item.get(key);
            var declared = schema.items().declared(key);
            var fallback = declared == null ? null : declared.defaultValue();
            if (value != null && !value.isNull()) {
                keys.set(key, value);
            } else if (fallback != null) {
                keys.set(key, fallback);
            }
        }
        return "k:" + KubeJson.text(keys);
    }
}
