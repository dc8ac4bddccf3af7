package io.claudeflow.swarm.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.config.ConfigException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorSettingsTest {
    private static OperatorSettings read(Map<String, String> variables) {
        return OperatorSettings.of(new Environment(variables, Path.of("/")));
    }

    @Test
    void aClusterOperatorNeedsItsPodAlone() {
        var settings = read(Map.of("OPERATOR_ROLE", "cluster", "POD_NAME", "p", "POD_NAMESPACE", "swarm-system"));
        assertEquals("swarm-operator", settings.lease());
        assertEquals(8_080, settings.monitoringPort());
        assertTrue(settings.images().agent().startsWith("claudeflow/swarm-agent:"));
        assertEquals(null, settings.swarm());
    }

    @Test
    void allProblemsAreToldAtOnce() {
        var problems = assertThrows(ConfigException.class,
                () -> read(Map.of("OPERATOR_ROLE", "mesh", "OPERATOR_LAESE", "x", "OPERATOR_MESH_REPLICAS", "0")))
                .problems();
        var text = String.join("\n", problems);
        for (var name : new String[]{"POD_NAME", "POD_NAMESPACE", "SWARM_CLUSTER", "SWARM_CLUSTER_UID",
            "OPERATOR_LAESE", "OPERATOR_MESH_REPLICAS"}) {
            assertTrue(text.contains(name), name + " in " + text);
        }
    }
}
