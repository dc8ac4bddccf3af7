package io.claudeflow.swarm.hivemind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HivemindConfigTest {
    private static final String UID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    @TempDir
    Path root;

    private final Map<String, String> variables = new HashMap<>(Map.of("SWARM_CLUSTER", "demo", "SWARM_CLUSTER_UID",
            UID, "POD_NAME", "demo-hivemind-2", "POD_IP", "127.0.0.9", "SWARM_MESH_SERVICE", "demo-mesh.ns.svc",
            "HIVEMIND_DATA", "/data", "HIVEMIND_GROUP", "/group", "HIVEMIND_PEER_SECRET", "/peer"));

    @BeforeEach
    void mounts() throws IOException {
        file("group/groupId", UID);
        file("group/epoch", "1");
        file("group/state", "Founding");
        file("group/founders", "0, 1,2");
        file("peer/token", "hush\n");
    }

    private void file(String name, String content) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private HivemindConfig read() {
        return HivemindConfig.from(new Environment(variables, root));
    }

    @Test
    void readsVariablesAndMounts() {
        var config = read();
        assertEquals(2, config.ordinal());
        assertEquals("demo-hivemind-0.demo-mesh.ns.svc", config.hostOf(0));
        assertEquals(List.of(0, 1, 2), config.group().founders());
        assertTrue(config.group().founding());
        assertEquals("hush", config.peerSecret());
        assertEquals(root.resolve("data"), config.data());
        assertEquals(Duration.ofSeconds(5), config.lease());
        assertFalse(config.toString().contains("hush"));
    }

    @Test
    void namesEveryProblemAtOnce() throws IOException {
        variables.put("POD_NAME", "nameless");
        variables.put("HIVEMIND_LEAZE", "5s");
        variables.put("HIVEMIND_HEARTBEAT", "4s");
        variables.remove("POD_IP");
        file("group/founders", "0,1");
        file("group/state", "Started");
        var problems = assertThrows(ConfigException.class, this::read).problems();
        assertEquals(6, problems.size(), problems::toString);
        assertTrue(problems.stream().anyMatch(problem -> problem.contains("2 founders")), problems::toString);
        assertTrue(problems.stream().anyMatch(problem -> problem.startsWith("HIVEMIND_LEAZE")), problems::toString);
    }

    @Test
    void anotherSwarmsGroupIsRefused() throws IOException {
        file("group/groupId", "00000000-0000-4000-8000-000000000001");
        var problems = assertThrows(ConfigException.class, this::read).problems();
        assertTrue(problems.getFirst().contains("is not the group's id"), problems::toString);
    }
}
