package io.claudeflow.swarm.agent.executor.shell;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.claudeflow.swarm.agent.door.DoorKey;
import io.claudeflow.swarm.agent.executor.Limits;
import io.claudeflow.swarm.agent.executor.Preparation;
import io.claudeflow.swarm.agent.executor.Pulse;
import io.claudeflow.swarm.agent.executor.StepListener;
import io.claudeflow.swarm.agent.executor.StepOutcome;
import io.claudeflow.swarm.agent.executor.StepOutcome.End;
import io.claudeflow.swarm.agent.executor.StepRequest;
import io.claudeflow.swarm.agent.executor.StepRun;
import io.claudeflow.swarm.agent.volume.Volumes;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in mount namespaces, with every means that this machine has. */
class IsolationIT {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @TempDir
    Path root;

    private ShellConfig config;

    @BeforeEach
    void make() throws Exception {
        Files.createDirectories(root.resolve("swarm-checkpoint"));
        Files.createDirectories(root.resolve("usr/share/swarm/a b"));
        Files.createDirectories(root.resolve("workspace/.swarm/root"));
        var path = String.valueOf(System.getenv("PATH"));
        config = new ShellConfig(root.resolve("workspace"), path, "C.UTF-8", "coder", Optional.empty(), Map.of(),
                new Volumes(root, List.of(Path.of("/swarm-checkpoint"), Path.of("/usr/share/swarm/a b"))));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @TestFactory
    Stream<DynamicTest> volumesAreAtTheirPathsBesideTheMachinesOwnFiles() {
        return byAllMeans(isolation -> {
            Files.writeString(root.resolve("swarm-checkpoint/given"), "40");

            var outcome = outcome(start(isolation, "cat /swarm-checkpoint/given; echo 41 > /swarm-checkpoint/taken; "
                    + "echo deep > '/usr/share/swarm/a b/file'; pwd; echo; id -u; ls -d " + root
                    + " /usr/bin /etc /proc/self/ > /dev/null; exit 5"));

            assertEquals(5, outcome.exitCode(), outcome::message);
            var said = outcome.value().lines().toList();
            assertTrue(said.get(0).startsWith("40" + root.resolve("workspace")), outcome::value);
            assertEquals(Files.getAttribute(root, "unix:uid").toString(), said.get(2));
            assertEquals("41\n", Files.readString(root.resolve("swarm-checkpoint/taken")));
            assertEquals("deep\n", Files.readString(root.resolve("usr/share/swarm/a b/file")));
            assertFalse(Files.exists(Path.of("/swarm-checkpoint")) || Files.exists(Path.of("/usr/share/swarm")));
            assertEquals(List.of(), names(root.resolve("workspace/.swarm/root")));
            assertEquals(List.of(".swarm"), names(root.resolve("workspace")));
        });
    }

    @TestFactory
    Stream<DynamicTest> aScriptThatIsAskedToEndMayTidyUp() {
        return byAllMeans(isolation -> {
            var run = start(isolation, "trap 'echo tidied; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
            await().until(() -> lines.contains("ready"));

            run.cancel("somebody changed their mind", Duration.ofMinutes(1));

            var outcome = outcome(run);
            assertEquals(End.CANCELLED, outcome.end());
            assertEquals("ready\ntidied", outcome.value());
        });
    }

    @TestFactory
    Stream<DynamicTest> aKillLeavesNothing() {
        return byAllMeans(isolation -> {
            var run = start(isolation, "trap '' TERM; sleep 300 & echo $!; setsid sleep 300 & echo $!; echo $$; "
                    + "echo ready; wait");
            await().until(() -> lines.contains("ready"));

            run.kill("of no use any more");

            outcome(run);
            assertEquals(4, lines.size(), lines::toString);
            assertTrue(lines.stream().filter(line -> !line.equals("ready")).noneMatch(IsolationIT::lives),
                    lines::toString);
        });
    }

    @Test
    void withoutAnyMeansScriptsRunAndTheirLogSaysWhatToInstall() throws Exception {
        var bare = new ShellConfig(config.workspace(), root.toString(), "C.UTF-8", "coder", Optional.empty(), Map.of(),
                new Volumes(root, List.of(Path.of("/not-there"))));
        var found = new IsolationProbe(bare, root.resolve("workspace/.swarm")).find();

        assertEquals(Isolation.NONE, found.isolation());
        assertTrue(found.note()
                .startsWith("volumes are below $SWARM_MOUNT_ROOT (" + root
                        + "), not at their own paths: install bubblewrap, or allow user namespaces ("),
                found::note);
        var executor = new ShellExecutor(vertx, config,
                new Surroundings(Optional.empty(), found.isolation(), found.note()));
        assertEquals("ran", outcome(executor.start(request("echo ran"), new Lines())).value());
        assertEquals("(agent) " + found.note(), lines.getFirst());
    }

    @Test
    void whereVolumesAreAtTheirPathsAnywayNothingIsDone() {
        var container = new ShellConfig(config.workspace(), config.path(), "C.UTF-8", "coder", Optional.empty(),
                Map.of(), new Volumes(Path.of("/"), List.of(Path.of("/checkpoint"))));

        var found = new IsolationProbe(container, root).find();

        assertEquals(new IsolationProbe.Found(Isolation.NONE, ""), found);
    }

    private interface Case {
        void test(Isolation isolation) throws Exception;
    }

    private Stream<DynamicTest> byAllMeans(Case test) {
        var probe = new IsolationProbe(config, root.resolve("workspace/.swarm"));
        var means = probe.working().toList();
        assumeFalse(means.isEmpty(), () -> "no mount namespaces here: " + probe.find().note());
        return means.stream().map(isolation -> DynamicTest.dynamicTest(isolation.toString().substring(0, 10), () -> {
            lines.clear();
            test.test(isolation);
        }));
    }

    private StepRun start(Isolation isolation, String script) {
        return new ShellExecutor(vertx, config, new Surroundings(Optional.empty(), isolation, ""))
                .start(request(script), new Lines());
    }

    private static StepRequest request(String script) {
        return new StepRequest("count", "default", "uid", 1, "coder-0", script, Map.of(), Map.of(),
                new Limits(null, Pulse.of(null), Duration.ZERO), 0, "", new DoorKey("http://127.0.0.1:1", "token"),
                Preparation.NONE);
    }

    private static StepOutcome outcome(StepRun run) throws Exception {
        return run.outcome().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static List<String> names(Path folder) throws Exception {
        try (var found = Files.list(folder)) {
            return found.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static boolean lives(String pid) {
        try {
            var stat = Files.readString(Path.of("/proc", pid.strip(), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    private final class Lines implements StepListener {
        @Override
        public void lines(List<String> said) {
            lines.addAll(said);
        }

        @Override
        public void progress(int percent, String message) {}
    }
}
