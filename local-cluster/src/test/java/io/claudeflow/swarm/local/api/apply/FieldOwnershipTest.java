package io.claudeflow.swarm.local.api.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schema;
import io.claudeflow.swarm.local.api.schema.Schemas;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldOwnershipTest {
    private static final Schema WIDGET = new Schemas().custom(json("""
            {'type': 'object', 'properties': {'spec': {'type': 'object', 'properties': {
              'a': {'type': 'string'}, 'b': {'type': 'string'},
              'ports': {'type': 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'],
                'items': {'type': 'object', 'properties': {'name': {'type': 'string'}, 'number': {'type': 'integer'},
                  'note': {'type': 'string'}}}},
              'tags': {'type': 'array', 'x-kubernetes-list-type': 'set', 'items': {'type': 'string'}},
              'atomic': {'type': 'array', 'items': {'type': 'string'}},
              'nested': {'type': 'object', 'properties': {'x': {'type': 'string'}}},
              'map': {'type': 'object', 'additionalProperties': {'type': 'string'}}}}}}"""));
    private static final FieldOwnership OWNERSHIP = new FieldOwnership(WIDGET, "example.io/v1",
            "2026-01-01T00:00:00Z");
    private static final Manager ALICE = Manager.applying("alice", "");
    private static final Manager BOB = Manager.applying("bob", "");

    private static ObjectNode json(String text) {
        return (ObjectNode) KubeJson.parse(text.replace('\'', '"'));
    }

    private static ObjectNode widget(String spec) {
        return json(
                "{'apiVersion': 'example.io/v1', 'kind': 'Widget', 'metadata': {'name': 'w'}, 'spec': " + spec + "}");
    }

    private static ObjectNode apply(Manager manager, ObjectNode live, String spec) {
        return OWNERSHIP.apply(manager, live, widget(spec), false);
    }

    private static ObjectNode spec(ObjectNode object) {
        return (ObjectNode) object.path("spec");
    }

    private static String fields(ObjectNode object, String manager) {
        for (var entry : object.path("metadata").path("managedFields")) {
            if (entry.path("manager").asText().equals(manager)) {
                return entry.path("fieldsV1").toString().replace('"', '\'');
            }
        }
        return "";
    }

    @Test
    void anApplierOwnsWhatItSetsAndTakesAwayWhatItSetsNoMore() {
        var first = apply(ALICE, FieldOwnership.nothing(WIDGET), "{'a': '1', 'b': '2', 'nested': {'x': 'y'}}");
        assertEquals("{'f:spec':{'f:a':{},'f:b':{},'f:nested':{'f:x':{}}}}", fields(first, "alice"));

        var second = apply(ALICE, first, "{'a': '3'}");
        assertEquals(json("{'a': '3'}"), spec(second));
        assertEquals("{'f:spec':{'f:a':{}}}", fields(second, "alice"));
    }

    @Test
    void anotherAppliersFieldIsAConflictUnlessForcedOrEqual() {
        var live = apply(ALICE, FieldOwnership.nothing(WIDGET), "{'a': '1', 'b': '2'}");
        var refused = assertThrows(ApiException.class, () -> apply(BOB, live, "{'a': '9'}"));
        assertEquals(409, refused.code());
        assertEquals("Apply failed with 1 conflict: conflict with \"alice\": .spec.a", refused.getMessage());
        var both = assertThrows(ApiException.class, () -> apply(BOB, live, "{'a': '9', 'b': '9'}"));
        assertEquals("Apply failed with 2 conflicts: conflicts with \"alice\":\n- .spec.a\n- .spec.b",
                both.getMessage());

        var shared = apply(BOB, live, "{'a': '1'}");
        assertTrue(fields(shared, "alice").contains("f:a") && fields(shared, "bob").contains("f:a"));

        var forced = OWNERSHIP.apply(BOB, live, widget("{'a': '9'}"), true);
        assertEquals("9", spec(forced).path("a").asText());
        assertEquals("{'f:spec':{'f:b':{}}}", fields(forced, "alice"));
    }

    @Test
    void whatTwoOwnStaysWhenOneLetsGo() {
        var live = apply(BOB, apply(ALICE, FieldOwnership.nothing(WIDGET), "{'a': '1'}"), "{'a': '1', 'b': '2'}");
        var next = apply(BOB, live, "{'b': '2'}");
        assertEquals(json("{'a': '1', 'b': '2'}"), spec(next));
    }

    @Test
    void listItemsAreOwnedByKey() {
        var live = apply(ALICE, FieldOwnership.nothing(WIDGET), "{'ports': [{'name': 'a', 'number': 1}]}");
        var both = apply(BOB, live, "{'ports': [{'name': 'b', 'number': 2}]}");
        assertEquals(json("{'ports': [{'name': 'a', 'number': 1}, {'name': 'b', 'number': 2}]}"), spec(both));
        assertEquals("{'f:spec':{'f:ports':{'k:{\\'name\\':\\'b\\'}':{'.':{},'f:name':{},'f:number':{}}}}}",
                fields(both, "bob"));
        assertEquals(json("{'ports': [{'name': 'b', 'number': 2}]}"), spec(apply(ALICE, both, "{}")));
    }

    @Test
    void setsMergeAndAtomicListsAreOneField() {
        var live = apply(ALICE, FieldOwnership.nothing(WIDGET), "{'tags': ['x'], 'atomic': ['1']}");
        assertEquals("{'f:spec':{'f:atomic':{},'f:tags':{'v:\\'x\\'':{}}}}", fields(live, "alice"));
        assertEquals(json("{'tags': ['x', 'y'], 'atomic': ['1']}"), spec(apply(BOB, live, "{'tags': ['y']}")));
        assertThrows(ApiException.class, () -> apply(BOB, live, "{'atomic': ['1', '2']}"));
    }

    @Test
    void anUpdateTakesTheFieldsThatItChanges() {
        var live = apply(ALICE, FieldOwnership.nothing(WIDGET), "{'a': '1', 'b': '2'}");
        var next = live.deepCopy();
        spec(next).put("a", "5");
        OWNERSHIP.updated(Manager.updating("carl", "example.io/v1", ""), live, next);
        assertEquals("{'f:spec':{'f:b':{}}}", fields(next, "alice"));
        assertEquals("{'f:spec':{'f:a':{}}}", fields(next, "carl"));
        var refused = assertThrows(ApiException.class, () -> apply(ALICE, next, "{'a': '1', 'b': '2'}"));
        assertEquals("Apply failed with 1 conflict: conflict with \"carl\" using example.io/v1: .spec.a",
                refused.getMessage());
    }

    @Test
    void anApplyThatChangesNothingIsNoChange() {
        var live = apply(ALICE, FieldOwnership.nothing(WIDGET), "{'a': '1', 'map': {'k': 'v'}}");
        var later = new FieldOwnership(WIDGET, "example.io/v1", "2026-02-02T00:00:00Z");
        assertEquals(live, later.apply(ALICE, live, widget("{'a': '1', 'map': {'k': 'v'}}"), false));
    }

    @Test
    void readsWhatItWrites() {
        var set = new FieldSet();
        set.insert(List.of("f:spec"));
        set.insert(List.of("f:spec", "f:a"));
        set.insert(List.of("f:spec", "f:ports", "k:{\"name\":\"a\"}"));
        assertEquals(set, FieldsV1.read(FieldsV1.write(set)));
        assertEquals(".spec.ports[name=\"a\"]", FieldsV1.shown(List.of("f:spec", "f:ports", "k:{\"name\":\"a\"}")));
    }
}
