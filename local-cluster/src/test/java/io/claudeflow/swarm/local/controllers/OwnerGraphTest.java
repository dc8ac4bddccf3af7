package io.claudeflow.swarm.local.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.local.controllers.OwnerGraph.Item;
import io.claudeflow.swarm.local.controllers.OwnerGraph.Owner;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnerGraphTest {
    private static final ResourceKind KIND = new ResourceKind("", "v1", "configmaps", "ConfigMap", true);

    private final OwnerGraph graph = new OwnerGraph();

    @Test
    void dependentsAreFoundInWhateverOrderObjectsAreTold() {
        graph.put(item("child", "parent"));
        graph.put(item("parent"));
        graph.put(item("other", "parent"));

        assertEquals(List.of("child", "other"), graph.dependents("parent").stream().map(Item::uid).toList());
    }

    @Test
    void aChangedOwnerReferenceMovesTheDependent() {
        var before = item("child", "parent");
        graph.put(before);

        assertEquals(before, graph.put(item("child", "stepparent")));

        assertTrue(graph.dependents("parent").isEmpty());
        assertEquals(1, graph.dependents("stepparent").size());
    }

    @Test
    void dependentsOutliveTheKnowledgeOfTheirOwner() {
        graph.put(item("parent"));
        graph.put(item("child", "parent"));

        graph.remove("parent");

        assertNull(graph.get("parent"));
        assertEquals(1, graph.dependents("parent").size());
        graph.remove("child");
        assertTrue(graph.dependents("parent").isEmpty());
    }

    @Test
    void onlyADeletedObjectWithTheFinalizerDeletesItsDependents() {
        var alive = new Item(KIND, "a", "a", "a", List.of(), Set.of(OwnerGraph.FOREGROUND), false);
        var deleted = new Item(KIND, "a", "a", "a", List.of(), Set.of(OwnerGraph.FOREGROUND), true);

        assertFalse(alive.deletingDependents());
        assertTrue(deleted.deletingDependents());
        assertFalse(deleted.orphaning());
    }

    private static Item item(String uid, String... owners) {
        var references = List.of(owners)
                .stream()
                .map(owner -> new Owner("v1", "ConfigMap", owner, owner, true))
                .toList();
        return new Item(KIND, "default", uid, uid, references, Set.of(), false);
    }
}
