package io.claudeflow.swarm.local.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schema;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two states of an object.
 *
 * @param added    paths that only the new state has
 * @param modified paths whose value differs
 * @param removed  paths that only the old state has
 */
record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {
    static Comparison of(Schema schema, ObjectNode before, ObjectNode after) {
        var out = new Comparison(new FieldSet(), new FieldSet(), new FieldSet());
        out.object(schema, before, after);
        return out;
    }

    private Comparison() {
        this(new FieldSet(), new FieldSet(), new FieldSet());
    }

    boolean isEmpty() {
        return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
    }

    private void object(Schema schema, JsonNode before, JsonNode after) {
        var names = new LinkedHashSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (var name : names) {
            step("f:" + name, schema.field(name), before.get(name), after.get(name));
        }
    }

    private void list(Schema schema, JsonNode before, JsonNode after) {
        var old = ListItems.of(schema, before);
        var now = ListItems.of(schema, after);
        var steps = new LinkedHashSet<>(old.keySet());
        steps.addAll(now.keySet());
        for (var step : steps) {
            step(step, schema.items(), old.get(step), now.get(step));
        }
    }

    private void step(String step, Schema schema, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null && after == null) {
            return;
        }
        var old = before == null ? KubeJson.MAPPER.missingNode() : before;
        var now = after == null ? KubeJson.MAPPER.missingNode() : after;
        boolean sameShape = before == null || after == null || old.getNodeType() == now.getNodeType();
        boolean empty = old.isEmpty() && now.isEmpty();
        boolean leaf = !sameShape || empty || FieldWalk.leaf(schema, before == null ? now : old);
        if (before == null) {
            added.insertMember(step);
        } else if (after == null) {
            removed.insertMember(step);
        } else if (leaf && !KubeJson.same(old, now)) {
            modified.insertMember(step);
        }
        if (!leaf) {
            var below = new Comparison();
            if (old.isArray() || now.isArray()) {
                below.list(schema, old, now);
            } else {
                below.object(schema, old, now);
            }
            added.putChild(step, below.added);
            modified.putChild(step, below.modified);
            removed.putChild(step, below.removed);
        }
    }
}
