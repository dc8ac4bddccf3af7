package io.claudeflow.swarm.cli.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.kit.app.Environment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalAgentTest {
    private final LocalAgent agent = new LocalAgent("/home/me/project", "/usr/bin");

    @Test
    void aPodLearnsWhereThePersonsFilesLie() {
        var complete = agent.complete(new Environment(Map.of("A", "b"), Path.of("/root-of-pod")));
        assertEquals(Map.of("A", "b", "SWARM_WORKSPACE", "/home/me/project", "PATH", "/usr/bin"), complete.variables());
        assertEquals(Path.of("/root-of-pod"), complete.mountRoot());
    }

    @Test
    void whatThePodSaysItselfStays() {
        var own = Map.of("SWARM_WORKSPACE", "/elsewhere", "PATH", "/bin");
        assertEquals(own, agent.complete(new Environment(own, Path.of("/"))).variables());
    }
}
