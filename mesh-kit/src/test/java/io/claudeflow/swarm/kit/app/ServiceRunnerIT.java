package io.claudeflow.swarm.kit.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceRunnerIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void workThatIsDoneEndsWithZero() throws Exception {
        var run = run(Map.of("TINY_END", "done"));

        assertEquals(0, run.code(), run.toString());
        assertTrue(run.out().contains("work is done service=tiny"), run.toString());
        assertTrue(run.out().contains("stopped\n"), run.toString());
        assertEquals("", run.err());
    }

    @Test
    void everyConfigurationProblemIsToldAtOnce() throws Exception {
        var run = run(Map.of("TINY_SIZE", "10", "TINY_SZE", "1"));

        assertEquals(2, run.code(), run.toString());
        assertEquals("""
                tiny: TINY_END: is not set
                tiny: TINY_SIZE: '10' is not allowed: allowed are 1 to 9
                tiny: TINY_SZE: is not a known variable; known are TINY_END, TINY_SIZE
                """, run.err());
    }

    @Test
    void theRunnersOwnConfigurationIsCheckedFirst() throws Exception {
        var run = run(Map.of("SWARM_MESH", "demo/research", "POD_IP", "pod-1", "SWARM_STOP_DEADLINE", "soon"));

        assertEquals(2, run.code(), run.toString());
        assertEquals(3, run.err().lines().count(), run.toString());
        assertTrue(run.err().contains("SWARM_MESH is set, so exactly one of SWARM_MESH_SERVICE and SWARM_MESH_MEMBERS"),
                run.toString());
    }

    @Test
    void aStartThatFailsIsOneSentence() throws Exception {
        var run = run(Map.of("TINY_END", "refuse"));

        assertEquals(1, run.code(), run.toString());
        assertEquals("tiny: could not start: tiny: step 'work' failed: the disk is full\n", run.err());
    }

    @Test
    void aServiceThatCannotGoOnEndsWithSeventy() throws Exception {
        var run = run(Map.of("TINY_END", "lost"));

        assertEquals(70, run.code(), run.toString());
        assertEquals("tiny: cannot go on: the ledger is gone\n", run.err());
        assertTrue(run.out().contains("stopped\n"), run.toString());
    }

    @Test
    void aSignalStopsTheService() throws Exception {
        var process = start(Map.of("TINY_END", "never"));
        await(process, "service started");
        process.destroy();

        var run = finish(process);
        assertEquals(0, run.code(), run.toString());
        assertTrue(run.out().contains("stopping service=tiny signal=SIGTERM\nstopped\n"), run.toString());
    }

    @Test
    void aSignalWhileStartingStopsWhatIsThere() throws Exception {
        var process = start(Map.of("TINY_END", "hang", "SWARM_STOP_DEADLINE", "200ms"));
        await(process, "hanging");
        process.destroy();

        var run = finish(process);
        assertEquals(0, run.code(), run.toString());
        assertTrue(run.out().contains("stopped\n"), run.toString());
    }

    @Test
    void aMemberOfAMeshStartsAndLeaves() throws Exception {
        var process = start(Map.of("TINY_END", "never", "SWARM_MESH", "demo/research", "POD_IP", "127.0.0.41",
                "SWARM_MESH_MEMBERS", "127.0.0.41"));
        await(process, "service started");
        process.destroy();

        var run = finish(process);
        assertEquals(0, run.code(), run.toString());
        assertEquals("", run.err());
        assertEquals(List.of(), run.out()
                .lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .toList(), run.toString());
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (var _ = new ServerSocket(5701, 1, InetAddress.getByName("127.0.0.42"))) {
            var run = run(Map.of("TINY_END", "never", "SWARM_MESH", "demo/research", "POD_IP", "127.0.0.42",
                    "SWARM_MESH_MEMBERS", "127.0.0.42"));

            assertEquals(1, run.code(), run.toString());
            assertTrue(run.err()
                    .startsWith("tiny: could not start: cannot become a member of mesh demo/research on "
                            + "127.0.0.42 (ports 15701 and 5701): "),
                    run.toString());
            assertTrue(run.err().contains("Port [5701] is already in use"), run.toString());
        }
    }

    private record Run(int code, String out, String err) {}

    private Run run(Map<String, String> variables) throws Exception {
        return finish(start(variables));
    }

    private Process start(Map<String, String> variables) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("swarm.jvm.options").split(" ")));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                TinyMain.class.getName()));
        var builder = new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(variables);
        return builder.start();
    }

    private void await(Process process, String text) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> !process.isAlive() || Files.readString(folder.resolve("out")).contains(text));
    }

    private Run finish(Process process) throws Exception {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Run(process.waitFor(), Files.readString(folder.resolve("out")),
                Files.readString(folder.resolve("err")));
    }
}
