package io.claudeflow.swarm.local.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schema;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lays an applied configuration over an object: what it sets wins, the rest stays. */
final class Merge {
    private Merge() {}

    /** A new object; neither argument is changed. */
    static ObjectNode apply(Schema schema, ObjectNode live, ObjectNode applied) {
        var out = live.objectNode();
        for (var field : live.properties()) {
            var theirs = applied.get(field.getKey());
            out.set(field.getKey(), theirs == null
                    ? field.getValue().deepCopy()
                    : value(schema.field(field.getKey()), field.getValue(), theirs));
        }
        for (var field : applied.properties()) {
            if (!live.has(field.getKey())) {
                out.set(field.getKey(), field.getValue().deepCopy());
            }
        }
        return out;
    }

    private static JsonNode value(Schema schema, JsonNode live, JsonNode applied) {
        if (FieldWalk.leaf(schema, applied)) {
            return applied.deepCopy();
        }
        if (live instanceof ObjectNode mine && applied instanceof ObjectNode theirs) {
            return apply(schema, mine, theirs);
        }
        return live instanceof ArrayNode && applied instanceof ArrayNode
                ? list(schema, live, applied)
                : applied.deepCopy();
    }

    /**
     * The order of structured-merge-diff: the applied items in the applied order, and what only the live list has where it stood before
     * the next item that both have.
     */
    private static JsonNode list(Schema schema, JsonNode live, JsonNode applied) {
        var mine = ListItems.of(schema, live);
        var theirs = ListItems.of(schema, applied);
        var shared = new ArrayDeque<>(theirs.keySet().stream().filter(mine::containsKey).toList());
        var left = new ArrayDeque<>(mine.keySet());
        var right = new ArrayDeque<>(theirs.keySet());
        var done = new HashSet<String>();
        var out = KubeJson.array();
        while (!left.isEmpty() || !right.isEmpty()) {
            var l = left.peek();
            var r = right.peek();
            boolean alone = l != null && !theirs.containsKey(l);
            boolean later = l != null && r != null && !alone && !l.equals(r) && !l.equals(shared.peek());
            if (later || (l != null && done.contains(l))) {
                left.remove();
            } else if (alone && l != null) {
                out.add(item(schema, mine.get(l), null));
                left.remove();
            } else if (r != null) {
                out.add(item(schema, mine.get(r), theirs.get(r)));
                done.add(r);
                right.remove();
                if (r.equals(shared.peek())) {
                    shared.remove();
                }
            } else {
                left.remove();
            }
        }
        return out;
    }

    private static JsonNode item(Schema schema, @Nullable JsonNode live, @Nullable JsonNode applied) {
        if (live == null || applied == null) {
            return (applied == null ? Objects.requireNonNull(live) : applied).deepCopy();
        }
        return value(schema.items(), live, applied);
    }
}
