package io.claudeflow.swarm.kit.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConfigTest {
    @TempDir
    Path root;

    @Test
    void aPodWithoutAMeshIsNoMember() {
        assertTrue(ClusterConfig.from(environment(Map.of("POD_IP", "10.0.0.1"))).isEmpty());
    }

    @Test
    void membersAreFoundByServiceOrByList() throws Exception {
        Files.createDirectories(root.resolve("certs"));
        for (var name : List.of("tls.crt", "tls.key", "ca.crt")) {
            Files.createFile(root.resolve("certs").resolve(name));
        }

        assertEquals(
                new ClusterConfig("demo/a", "10.0.0.1", new ClusterConfig.Seeds.Service("a-mesh.demo.svc"), 15_701,
                        5_701,
                        root.resolve("certs")),
                ClusterConfig
                        .from(environment(Map.of("SWARM_MESH", "demo/a", "POD_IP", "10.0.0.1", "SWARM_MESH_SERVICE",
                                "a-mesh.demo.svc", "SWARM_MESH_CERTIFICATES", "/certs")))
                        .orElseThrow());
        assertEquals(new ClusterConfig.Seeds.Members(List.of("10.0.0.1", "b")),
                ClusterConfig
                        .from(environment(Map.of("SWARM_MESH", "demo/a", "POD_IP", "10.0.0.1", "SWARM_MESH_MEMBERS",
                                "10.0.0.1, b,")))
                        .orElseThrow()
                        .seeds());
    }

    @Test
    void everyProblemIsTold() {
        var environment = environment(
                Map.of("SWARM_MESH", "demo/a", "POD_IP", "pod-1", "SWARM_MESH_CERTIFICATES", "/certs"));

        var problems = assertThrows(ConfigException.class, () -> ClusterConfig.from(environment)).problems();

        assertEquals(List.of("POD_IP: 'pod-1' is not allowed: an IP address is wanted, for example 10.1.2.3",
                "SWARM_MESH is set, so exactly one of SWARM_MESH_SERVICE and SWARM_MESH_MEMBERS has to be",
                "SWARM_MESH_CERTIFICATES: '/certs' is not allowed: " + root.resolve("certs")
                        + " has no readable tls.crt, tls.key, ca.crt"),
                problems);
    }

    private Environment environment(Map<String, String> variables) {
        return new Environment(variables, root);
    }
}
