package io.claudeflow.swarm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said in a sentence that names the thing and what to do, with an exit code that is not 0; nothing is lost. */
class BadInputIT {
    private static final Place PLACE = new Place("embedded", "thread");

    @Test
    void badYamlASecondUpAndABinaryThatIsMissing(@TempDir Path folder) throws IOException {
        try (var swarm = new LocalSwarm(PLACE, folder.resolve("data")).up("examples/minimal-cluster.yaml")) {
            var bad = Files.writeString(folder.resolve("bad.yaml"), """
                    apiVersion: swarm.claudeflow.io/v1alpha1
                    kind: SwarmCluster
                    metadata: {name: bad}
                    spec: {topology: triangle}
                    """);
            var refused = swarm.swarm("apply", "-f", bad.toString(), "--data-dir", swarm.dataDirectory().toString());
            assertSentence(refused, "topology", "triangle", "hierarchical");

            var second = swarm.swarm("up", "--data-dir", swarm.dataDirectory().toString());
            assertSentence(second, swarm.dataDirectory().toString(), String.valueOf(swarm.process().pid()));
            assertTrue(swarm.process().isAlive(), "the first one goes on");

            swarm.kubectlWithInput("""
                    apiVersion: swarm.claudeflow.io/v1alpha1
                    kind: SwarmTask
                    metadata: {name: missing-binary}
                    spec: {task: "no-such-command --now", retries: {limit: 0}}
                    """, "apply", "-f", "-").ok();
            swarm.kubectl("wait", "--for=condition=Failed", "swarmtask/missing-binary", "--timeout=30s").ok();
            var status = swarm.object("swarmtask", "missing-binary", "default").path("status");
            assertEquals(127, status.path("exitCode").asInt());
            assertTrue(status.path("message").asText().contains("no-such-command"), status::toString);
        }
    }

    @Test
    void anAmbiguousClusterIsNamedAndTheTaskWaits(@TempDir Path folder) {
        try (var swarm = new LocalSwarm(PLACE, folder.resolve("data")).up("examples/minimal-cluster.yaml")) {
            swarm.kubectlWithInput("""
                    apiVersion: swarm.claudeflow.io/v1alpha1
                    kind: SwarmCluster
                    metadata: {name: another}
                    spec: {topology: mesh, hiveMind: {replicas: 1}, replicas: 1}
                    """, "apply", "-f", "-").ok();
            swarm.kubectl("apply", "-f", "examples/word-count-task.yaml").ok();
            swarm.kubectl("wait", "--for=jsonpath={.status.conditions[?(@.type=='ClusterResolved')].reason}=Ambiguous",
                    "swarmtask/word-count", "--timeout=30s").ok();
            var message = swarm.kubectl("get", "swarmtask", "word-count", "-o",
                    "jsonpath={.status.conditions[?(@.type=='ClusterResolved')].message}").ok().out();
            assertTrue(message.contains("another"), message);

            swarm.kubectl("delete", "swarmcluster", "another", "--timeout=60s").ok();
            swarm.kubectl("wait", "--for=condition=Complete", "swarmtask/word-count", "--timeout=60s").ok();
        }
    }

    @Test
    void aDataDirectoryThatCannotBeWritten(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("a-file"), "not a folder");
        assertSentence(LocalSwarm.swarmCommand(List.of("up", "--data-dir", file.resolve("data").toString()))
                .run(Duration.ofSeconds(30), ""), file.toString());
    }

    @Test
    void aDataDirectoryThatIsReadOnlyOrFull(@TempDir Path folder) {
        var up = LocalSwarm.swarmCommand(List.of("up", "--data-dir", folder.resolve("data").toString()));
        assertSentence(up.onAMountOf(folder, "ro").run(Duration.ofSeconds(30), ""), folder.toString(), "writable");
        assertSentence(up.onAMountOf(folder, "size=16k").run(Duration.ofSeconds(30), ""), folder.toString(), "room");
    }

    @Test
    void aPortInUse(@TempDir Path folder) throws IOException {
        var data = folder.resolve("data");
        try (var swarm = new LocalSwarm(PLACE, data).up("examples/minimal-cluster.yaml")) {
            swarm.stop();
        }
        int port = Integer.parseInt(Files.readString(data.resolve("port")).strip());
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertSentence(LocalSwarm.swarmCommand(List.of("up", "--data-dir", data.toString()))
                    .run(Duration.ofSeconds(30), ""), String.valueOf(taken.getLocalPort()), "in use");
        }
        try (var again = new LocalSwarm(PLACE, data).up()) {
            again.kubectl("wait", "--for=condition=Ready", "swarmcluster/minimal", "--timeout=30s").ok();
        }
    }

    @Test
    void aFileThatIsNotThere(@TempDir Path folder) {
        assertSentence(LocalSwarm
                .swarmCommand(List.of("up", "--data-dir", folder.resolve("d").toString(), "-f", "no-such-file.yaml"))
                .run(Duration.ofSeconds(30), ""), "no-such-file.yaml");
    }

    private static void assertSentence(Command.Answer answer, String... words) {
        assertNotEquals(0, answer.exit(), answer::toString);
        for (var word : words) {
            assertTrue(answer.err().contains(word), () -> "names " + word + ": " + answer);
        }
        assertTrue(!answer.err().contains("\tat "), () -> "no stack trace: " + answer);
    }
}
