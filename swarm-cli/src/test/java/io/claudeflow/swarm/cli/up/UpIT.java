package io.claudeflow.swarm.cli.up;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.cli.CapturedShell;
import io.claudeflow.swarm.cli.local.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A swarm in the background: started, asked, refused to a second one, ended, found again. */
class UpIT {
    private static final String SWARM = """
            apiVersion: swarm.claudeflow.io/v1alpha1
            kind: SwarmCluster
            metadata: {name: small}
            spec: {topology: mesh, replicas: 1, hiveMind: {replicas: 1}}
            """;

    @TempDir
    private Path folder = Path.of("");

    private record Ran(int exit, String out, String err) {}

    /** The command in a JVM of its own, because a detached swarm is started as its starter was. */
    private Ran swarm(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ImageTable.jvmArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.claudeflow.swarm.cli.Main"));
        command.addAll(List.of(words));
        command.addAll(List.of("--data-dir", "data"));
        var out = folder.resolve("out").toFile();
        var err = folder.resolve("err").toFile();
        var process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(out)
                .redirectError(err)
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> "no end of " + command);
        return new Ran(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }

    @AfterEach
    void end() {
        RunRecord.running(folder.resolve("data/run.properties"))
                .flatMap(RunRecord::process)
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void aDetachedSwarmLivesTwice() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("small.yaml"), SWARM);
        Files.writeString(folder.resolve("words.txt"), "one two three\n");
        var up = swarm("up", "--detach", "-f", "small.yaml");
        assertEquals(0, up.exit(), up::toString);
        assertAll(() -> assertTrue(up.out().contains("swarmcluster.swarm.claudeflow.io/small created"), up::toString),
                () -> assertTrue(up.out().contains("Ready after "), up::toString),
                () -> assertTrue(up.out().contains("export KUBECONFIG=" + folder.resolve("data/kubeconfig")),
                        up::toString),
                () -> assertTrue(up.out().contains("1 SwarmCluster, 1 agent"), up::toString));

        var second = swarm("up", "-f", "small.yaml");
        assertEquals(1, second.exit(), second::toString);
        assertTrue(second.err().startsWith("swarm: a swarm already runs in " + folder.resolve("data") + " (process "),
                second::toString);

        var shell = new CapturedShell(folder, Map.of("HOME", folder.toString()));
        assertEquals(0,
                shell.run("task", "submit", "--name", "count", "--wait", "--data-dir", "data", "--", "wc", "-w",
                        "words.txt"),
                shell::err);
        assertEquals("3 words.txt\n", shell.out());
        assertEquals(0, shell.run("task", "logs", "count", "--data-dir", "data"));
        assertEquals("3 words.txt\n", shell.out());
        assertEquals(7, shell.run("task", "submit", "--wait", "--retries", "0", "--data-dir", "data", "--", "sh", "-c",
                "exit 7"));
        assertEquals(0, shell.run("logs", "swarmagent/small-specialist-0", "--data-dir", "data"), shell::err);
        assertTrue(shell.out().contains("hivemind"), shell::out);

        var down = swarm("down");
        assertEquals(0, down.exit(), down::toString);
        assertFalse(Files.exists(folder.resolve("data/run.properties")));
        assertEquals(3, shell.run("status", "--data-dir", "data"));

        var again = swarm("up", "--detach");
        assertEquals(0, again.exit(), again::toString);
        assertEquals(0, shell.run("get", "swt", "count", "--data-dir", "data"), shell::err);
        assertTrue(shell.out().contains("Completed"), shell::out);
        assertEquals(0, swarm("down").exit());
    }

    @Test
    void aRefusedFileLeavesNothingRunning() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("bad.yaml"), SWARM.replace("mesh", "triangle"));
        var up = swarm("up", "--detach", "-f", "bad.yaml");
        assertEquals(2, up.exit(), up::toString);
        assertTrue(up.err()
                .startsWith("swarm: bad.yaml:4: SwarmCluster small: spec.topology: Unsupported value: \"triangle\""),
                up::toString);
        assertTrue(RunRecord.running(folder.resolve("data/run.properties")).isEmpty());
    }
}
