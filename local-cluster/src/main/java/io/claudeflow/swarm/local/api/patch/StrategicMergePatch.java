package io.claudeflow.swarm.local.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Strategic merge patch, for kinds whose schema says how lists merge (x-kubernetes-patch-strategy and -merge-key), with the directives
 * {@code $patch}, {@code $setElementOrder/…}, {@code $deleteFromPrimitiveList/…} and {@code $retainKeys}.
 */
public final class StrategicMergePatch {
    private static final String DIRECTIVE = "$patch";
    private static final String ORDER = "$setElementOrder/";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
    private static final String RETAIN = "$retainKeys";

    private StrategicMergePatch() {}

    /**
     * The target after the patch; the target itself is not changed.
     *
     * @throws ApiException 400 when a list of objects lacks its merge key
     */
    public static ObjectNode apply(Schema schema, ObjectNode target, ObjectNode patch) {
        return object(schema, target.deepCopy(), patch);
    }

    private static ObjectNode object(Schema schema, ObjectNode target, ObjectNode patch) {
        switch (KubeJson.string(patch, DIRECTIVE)) {
            case "replace" -> {
                return withoutDirectives(patch);
            }
            case "delete" -> {
                return KubeJson.object();
            }
            default -> {
                // Merge, the default.
            }
        }
        if (patch.has(RETAIN)) {
            var keep = KubeJson.strings(patch.get(RETAIN));
            target.properties().removeIf(e -> !keep.contains(e.getKey()));
        }
        for (var entry : patch.properties()) {
            field(schema, target, patch, entry.getKey(), entry.getValue());
        }
        return target;
    }

    private static void field(Schema schema, ObjectNode target, ObjectNode patch, String name, JsonNode value) {
        if (name.startsWith(DELETE_FROM)) {
            removeValues(target.path(name.substring(DELETE_FROM.length())), value);
        } else if (name.startsWith(ORDER)) {
            var list = name.substring(ORDER.length());
            if (!patch.has(list) && target.get(list) instanceof ArrayNode present) {
                reorder(present, schema.field(list).patchMergeKey(), value, items(present));
            }
        } else if (name.startsWith("$")) {
            return;
        } else if (value.isNull()) {
            target.remove(name);
        } else {
            target.set(name, value(schema.field(name), target.get(name), value, patch.path(ORDER + name)));
        }
    }

    private static JsonNode value(Schema schema, JsonNode present, JsonNode patch, JsonNode order) {
        if (patch instanceof ObjectNode object) {
            return present instanceof ObjectNode target && !schema.patchStrategy().contains("replace")
                    ? object(schema, target, object)
                    : object(schema, KubeJson.object(), object);
        }
        if (patch instanceof ArrayNode list && schema.patchStrategy().contains("merge")) {
            var target = present instanceof ArrayNode a ? a : KubeJson.array();
            var before = items(target);
            var key = schema.patchMergeKey();
            if (key.isEmpty()) {
                addValues(target, list);
            } else {
                mergeItems(schema, target, list, key);
            }
            reorder(target, key, order.isArray() ? order : list, before);
            return target;
        }
        return patch instanceof ArrayNode list ? withoutDirectives(list) : patch.deepCopy();
    }

    private static void mergeItems(Schema schema, ArrayNode target, ArrayNode patch, String key) {
        for (var item : patch) {
            if (KubeJson.string(item, DIRECTIVE).equals("replace") && !item.has(key)) {
                target.removeAll();
                for (var other : patch) {
                    if (!other.has(DIRECTIVE)) {
                        target.add(other.deepCopy());
                    }
                }
                return;
            }
        }
        for (var item : patch) {
            if (!item.has(key)) {
                throw ApiException.badRequest("map: " + KubeJson.text(item) + " does not contain declared merge key: "
                        + key);
            }
            int at = indexOf(items(target), key, item);
            if (KubeJson.string(item, DIRECTIVE).equals("delete")) {
                if (at >= 0) {
                    target.remove(at);
                }
            } else if (at >= 0 && target.get(at) instanceof ObjectNode present && item instanceof ObjectNode change) {
                target.set(at, object(schema.items(), present, change));
            } else if (item instanceof ObjectNode added) {
                target.add(object(schema.items(), KubeJson.object(), added));
            }
        }
    }

    private static void addValues(ArrayNode target, ArrayNode values) {
        for (var value : values) {
            if (!contains(target, value)) {
                target.add(value);
            }
        }
    }

    private static void removeValues(JsonNode target, JsonNode values) {
        if (target instanceof ArrayNode list) {
            for (var items = list.elements(); items.hasNext();) {
                if (contains(values, items.next())) {
                    items.remove();
                }
            }
        }
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (var item : list) {
            if (KubeJson.same(item, value)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Kubernetes' order: the items that the patch names come in the patch's order, the others in theirs; where the old list does not say
     * which of two comes first, the patch's does.
     */
    private static void reorder(ArrayNode list, String key, JsonNode order, List<JsonNode> before) {
        var named = new ArrayList<JsonNode>();
        var others = new ArrayList<JsonNode>();
        list.forEach(others::add);
        for (var wanted : order) {
            int at = indexOf(others, key, wanted);
            if (at >= 0) {
                named.add(others.remove(at));
            }
        }
        list.removeAll();
        int i = 0;
        for (var item : named) {
            int place = indexOf(before, key, item);
            while (place >= 0 && i < others.size() && indexOf(before, key, others.get(i)) < place) {
                list.add(others.get(i++));
            }
            list.add(item);
        }
        others.subList(i, others.size()).forEach(list::add);
    }

    private static int indexOf(List<JsonNode> items, String key, JsonNode wanted) {
        for (int i = 0; i < items.size(); i++) {
            boolean same = key.isEmpty()
                    ? KubeJson.same(items.get(i), wanted)
                    : KubeJson.same(items.get(i).path(key), wanted.path(key));
            if (same) {
                return i;
            }
        }
        return -1;
    }

    private static List<JsonNode> items(JsonNode list) {
        var out = new ArrayList<JsonNode>();
        list.forEach(out::add);
        return out;
    }

    private static ObjectNode withoutDirectives(ObjectNode patch) {
        var out = patch.deepCopy();
        out.properties().removeIf(e -> e.getKey().startsWith("$"));
        return out;
    }

    private static ArrayNode withoutDirectives(ArrayNode list) {
        var out = list.arrayNode();
        for (var item : list) {
            if (item instanceof ObjectNode object) {
                if (!object.has(DIRECTIVE)) {
                    out.add(withoutDirectives(object));
                }
            } else {
                out.add(item);
            }
        }
        return out;
    }
}
