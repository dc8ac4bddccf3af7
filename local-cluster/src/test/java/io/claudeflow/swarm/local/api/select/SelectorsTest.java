package io.claudeflow.swarm.local.api.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorsTest {
    private static final JsonNode POD = KubeJson.parse("""
            {"metadata": {"name": "p", "labels": {"app": "web", "tier": "front", "size": "5"}},
             "spec": {"nodeName": "n"}, "status": {"phase": "Running"}}""");

    @ParameterizedTest
    @ValueSource(strings = {"", "app=web", "app==web", "app!=db", "none!=x", "app", "!none", "app in (web, db)",
        "app notin (db)", "none notin (db)", "size>4", "size<6", "app=web,tier in (front),!none"})
    void labelSelectorsThatTakeIt(String selector) {
        assertTrue(LabelSelector.parse(selector).test(POD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app=db", "app!=web", "none", "!app", "app in (db)", "none in (x)", "size>5",
        "app=web,tier=back"})
    void labelSelectorsThatDoNot(String selector) {
        assertFalse(LabelSelector.parse(selector).test(POD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app in web", "size>x", "a b"})
    void unreadableLabelSelectorsAreRefused(String selector) {
        assertEquals(400, assertThrows(ApiException.class, () -> LabelSelector.parse(selector)).code());
    }

    @Test
    void fieldSelectorsTakeOnlyWhatAKindDeclares() {
        var selectable = Set.of("spec.nodeName", "status.phase");
        assertTrue(FieldSelector.parse("spec.nodeName=n,status.phase!=Failed", selectable).test(POD));
        assertFalse(FieldSelector.parse("metadata.name=q", selectable).test(POD));
        assertEquals("p", FieldSelector.parse("metadata.name=p", selectable).name());
        var refused = assertThrows(ApiException.class, () -> FieldSelector.parse("spec.x=1", selectable));
        assertEquals("field label not supported: spec.x", refused.getMessage());
    }
}
