package io.claudeflow.swarm.cli.adapter.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldHintTest {
    @Test
    void fieldsBesideTheWrongOneAreFound() throws JsonProcessingException {
        var schema = KubeApi.JSON.readTree(
                """
                        {"properties":{"spec":{"properties":{"topology":{},"models":{"items":{"properties":{"name":{},"path":{}}}}}}}}""");
        assertEquals(List.of("topology", "models"), FieldHint.fields(schema, "spec.topolgy"));
        assertEquals(List.of("name", "path"), FieldHint.fields(schema, "spec.models[0].nam"));
        assertEquals(List.of("spec"), FieldHint.fields(schema, "spek"));
        assertEquals(List.of(), FieldHint.fields(schema, "spec.a.b"));
    }

    @Test
    void theNearestNameIsMeant() {
        var names = List.of("topology", "replicas", "hiveMind");
        assertEquals(Optional.of("topology"), FieldHint.nearest("topolgy", names));
        assertEquals(Optional.of("hiveMind"), FieldHint.nearest("hivemind", names));
        assertEquals(Optional.empty(), FieldHint.nearest("colour", names));
    }
}
