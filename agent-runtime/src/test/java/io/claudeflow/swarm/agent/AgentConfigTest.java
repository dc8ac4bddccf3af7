package io.claudeflow.swarm.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.agent.volume.Volumes;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentConfigTest {
    private static final Path ROOT = Path.of("/pods/coder-0");

    @Test
    void mountedPathsLieBelowTheMountRoot() {
        var config = AgentConfig.from(new Environment(Map.of("AGENT_GATEWAY", "demo-hivemind.default.svc:7443",
                "AGENT_TOKEN_FILE", "/var/run/swarm/token", "AGENT_WORKSPACE", "/workspace", "AGENT_TYPE", "coder",
                "SWARM_WORKSPACE", "/home/me/project", "POD_IP", "127.9.0.4"), ROOT));

        assertEquals("demo-hivemind.default.svc", config.gateway().host());
        assertEquals(7443, config.gateway().port());
        assertEquals(ROOT.resolve("var/run/swarm/token"), config.session().tokenFile());
        assertEquals(ROOT.resolve("workspace"), config.shell().workspace());
        assertEquals(Optional.of(Path.of("/home/me/project")), config.shell().sharedWorkspace());
        assertEquals("127.9.0.4", config.monitoringHost());
        assertEquals(9090, config.monitoringPort());
        assertTrue(config.shell().path().contains("/usr/bin"));
        assertEquals(Map.of("SWARM_MOUNT_ROOT", ROOT.toString()), config.shell().passedOn());
        assertFalse(config.session().once());
        assertFalse(config.shell().volumes().elsewhere());
    }

    @Test
    void aJobsAgentTakesOneStepAndItsVolumesAreItsScriptsToo() {
        var config = AgentConfig
                .from(new Environment(Map.of("AGENT_GATEWAY", "gateway:7443", "AGENT_TOKEN_FILE", "/token",
                        "AGENT_WORKSPACE", "/workspace", "AGENT_ONCE", "true", "AGENT_VOLUMES",
                        "/workspace:/checkpoint"), ROOT));

        assertTrue(config.session().once());
        assertEquals(new Volumes(ROOT, List.of(Path.of("/workspace"), Path.of("/checkpoint"))),
                config.shell().volumes());
    }

    @Test
    void volumesThatAreNoPathsAreNamed() {
        var problems = assertThrows(ConfigException.class,
                () -> AgentConfig.from(new Environment(Map.of("AGENT_GATEWAY",
                        "gateway:7443", "AGENT_TOKEN_FILE", "/token", "AGENT_WORKSPACE", "/workspace", "AGENT_VOLUMES",
                        "/workspace:checkpoint"), ROOT)))
                .problems();

        assertEquals(
                List.of("AGENT_VOLUMES: '/workspace:checkpoint' is not allowed: allowed are absolute paths other than"
                        + " /, joined by :"),
                problems);
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        var problems = assertThrows(ConfigException.class, () -> AgentConfig.from(
                new Environment(Map.of("AGENT_GATEWAY", "no-port", "AGENT_WORKSPACE", "relative", "AGENT_TPYE", "x"),
                        ROOT)))
                .problems();

        assertEquals(4, problems.size(), problems::toString);
        assertTrue(problems.toString().contains("AGENT_GATEWAY: 'no-port' is not allowed: allowed is host:port"));
        assertTrue(problems.toString().contains("AGENT_TOKEN_FILE: is not set"));
        assertTrue(problems.toString().contains("AGENT_TPYE"));
    }
}
