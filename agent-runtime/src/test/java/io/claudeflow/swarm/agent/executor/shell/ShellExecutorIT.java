package io.claudeflow.swarm.agent.executor.shell;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.agent.checkpoint.CheckpointData;
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
import io.claudeflow.swarm.mesh.agent.AgentVariables;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellExecutorIT {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin";
    private static final DoorKey DOOR = new DoorKey("http://127.0.0.1:1", "token");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path workspace;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> progress = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void theResultIsWhatTheScriptWroteOnStandardOutput() throws Exception {
        var outcome = run("echo one; echo two >&2; echo three");

        assertEquals(End.SUCCEEDED, outcome.end());
        assertEquals(0, outcome.exitCode());
        assertEquals("one\nthree", outcome.value());
        assertTrue(lines.containsAll(List.of("one", "two", "three")), lines::toString);
        assertFalse(outcome.duration().isZero());
    }

    @Test
    void theExitCodeAndTheLastErrorLineSayWhatFailed() throws Exception {
        var outcome = run("echo some; echo 'no such file: x' >&2; exit 3");

        assertEquals(End.FAILED, outcome.end());
        assertEquals(3, outcome.exitCode());
        assertEquals("some", outcome.value());
        assertEquals("exit code 3: no such file: x", outcome.message());
    }

    @Test
    void aMissingProgramIsNamed() throws Exception {
        var outcome = run("frobnicate --now");

        assertEquals(End.FAILED, outcome.end());
        assertEquals(127, outcome.exitCode());
        assertEquals("exit code 127: line 1: frobnicate: command not found; install that command in the agent's image, "
                + "or on this machine", outcome.message());
    }

    @Test
    void withoutBashNothingStartsAndTheMessageSaysWhatToInstall() throws Exception {
        var executor = new ShellExecutor(vertx,
                new ShellConfig(workspace, workspace.toString(), "C", "", Optional.empty(), Map.of(), Volumes.none()));

        var outcome = outcome(executor.start(request("true", null, Duration.ZERO), new Listener()));

        assertEquals(End.NOT_STARTED, outcome.end());
        assertTrue(outcome.message().contains("install the package bash"), outcome::message);
    }

    @Test
    void aWorkspaceThatCannotBeWrittenIsNamed() throws Exception {
        var file = Files.writeString(workspace.resolve("file"), "");
        var executor = new ShellExecutor(vertx,
                new ShellConfig(file, PATH, "C", "", Optional.empty(), Map.of(), Volumes.none()));

        var outcome = outcome(executor.start(request("true", null, Duration.ZERO), new Listener()));

        assertEquals(End.NOT_STARTED, outcome.end());
        assertTrue(outcome.message().contains(file.toString()), outcome::message);
    }

    @Test
    void parametersEnvironmentAndInputAreThere() throws Exception {
        var request = new StepRequest("count", "ns", "uid", 2, "coder-0",
                "echo $SWARM_PARAM_WORD $MODE $SWARM_TASK#$SWARM_ATTEMPT $progress; cat; pwd; ls -A; ls -A \"$TMPDIR\"",
                Map.of("word", "hello"), Map.of("MODE", "fast"), new Limits(null, Pulse.of(null), Duration.ZERO), 40,
                TRACE, DOOR, Preparation.NONE);

        var outcome = outcome(shell().start(request, new Listener()));

        var said = outcome.value().lines().toList();
        assertEquals("hello fast count#2 40", said.getFirst());
        assertTrue(said.get(1).startsWith(workspace.toRealPath().toString()), said::toString);
        assertEquals(2, said.size());
    }

    @Test
    void nothingOfTheAgentsOwnEnvironmentIsThere() throws Exception {
        var outcome = run("env | cut -d= -f1 | sort | tr '\\n' ' '");

        assertEquals("AGENT_TYPE HOME LANG PATH PWD SHLVL SWARM_AGENT SWARM_AGENT_TOKEN SWARM_AGENT_URL "
                + "SWARM_ATTEMPT SWARM_RESULT_FILE SWARM_STEP_RUN "
                + "SWARM_TASK SWARM_TASK_NAMESPACE SWARM_TASK_UID TMPDIR TRACEPARENT _ progress ", outcome.value());
    }

    @Test
    void theResultFileReplacesStandardOutput() throws Exception {
        var outcome = run("echo noise; echo answer > \"$SWARM_RESULT_FILE\"");

        assertEquals("answer", outcome.value());
        assertEquals(List.of("noise"), lines);
    }

    @Test
    void aLongOutputKeepsHeadAndTail() throws Exception {
        var outcome = run("seq 1 200000");

        assertTrue(outcome.truncated());
        assertTrue(outcome.value().startsWith("1\n2\n"));
        assertTrue(outcome.value().endsWith("\n200000"));
        assertTrue(outcome.value().length() <= AgentVariables.MAX_RESULT_BYTES);
    }

    @Test
    void progressLinesAreReportedAndNoPartOfTheResult() throws Exception {
        var outcome = run("echo ::progress 40 half way; echo done; echo ::progress 100");

        assertEquals("done", outcome.value());
        assertEquals(List.of("40 half way", "100 "), progress);
    }

    @Test
    void aScriptLeadsAProcessGroupOfItsOwn() throws Exception {
        var outcome = run("ps -o pgid= -p $$ | tr -d ' '; echo $$");

        var said = outcome.value().lines().toList();
        assertEquals(said.get(1), said.get(0));
    }

    @Test
    void aTimeoutKillsTheWholeGroupEvenWhatIgnoresTheSignal() throws Exception {
        var pids = workspace.resolve("pids");
        var script = "trap '' TERM; bash -c 'trap \"\" TERM; echo $$ >> " + pids + "; while :; do sleep 30; done' & "
                + "setsid bash -c 'trap \"\" TERM; echo $$ >> " + pids + "; while :; do sleep 30; done' & echo $$ >> "
                + pids + "; while :; do sleep 30; done";

        var outcome = outcome(
                shell().start(request(script, Duration.ofMillis(700), Duration.ofMillis(300)), new Listener()));

        assertEquals(End.TIMED_OUT, outcome.end());
        assertEquals("it ran longer than its timeout of 0.7s", outcome.message());
        var started = Files.readAllLines(pids);
        assertEquals(3, started.size());
        assertTrue(started.stream().noneMatch(ShellExecutorIT::lives), started::toString);
    }

    @Test
    void aScriptThatIsSilentForTooLongIsEndedAndOneThatSpeaksIsNot() throws Exception {
        var limits = new Limits(null, Pulse.of(Duration.ofMillis(400)), Duration.ofMillis(200));

        var outcome = outcome(shell().start(request(
                "for i in 1 2 3 4; do echo $i; sleep 0.2; done; exec sleep 60", limits, Preparation.NONE),
                new Listener()));

        assertEquals(End.TIMED_OUT, outcome.end());
        assertEquals("it wrote no line, reported no progress and took no checkpoint for 0.4s, its heartbeat timeout",
                outcome.message());
        assertEquals("1\n2\n3\n4", outcome.value());
    }

    @Test
    void aScriptThatGoesOnFindsWhatTheCheckpointSays() throws Exception {
        var limits = new Limits(null, Pulse.of(null), Duration.ZERO);
        Preparation preparation = () -> Optional.of(CheckpointData.of("at 40".getBytes(StandardCharsets.UTF_8)));

        var outcome = outcome(
                shell().start(request("cat \"$SWARM_CHECKPOINT_FILE\"", limits, preparation), new Listener()));

        assertEquals("at 40", outcome.value());
    }

    @Test
    void whatCannotBeRestoredDoesNotStart() throws Exception {
        var limits = new Limits(null, Pulse.of(null), Duration.ZERO);

        var outcome = outcome(shell().start(request("echo ran", limits, () -> {
            throw new IOException("/checkpoint is read-only");
        }), new Listener()));

        assertEquals(End.NOT_STARTED, outcome.end());
        assertTrue(outcome.message().contains("/checkpoint is read-only"), outcome::message);
        assertEquals(List.of(), lines);
    }

    @Test
    void aCancelledScriptMayEndInOrder() throws Exception {
        var run = shell().start(request("trap 'echo tidied; exit 0' TERM; echo ready; while :; do sleep 0.05; done",
                null, Duration.ZERO), new Listener());
        await().until(() -> lines.contains("ready"));

        run.cancel("somebody changed their mind", MINUTE);

        var outcome = outcome(run);
        assertEquals(End.CANCELLED, outcome.end());
        assertEquals("somebody changed their mind", outcome.message());
        assertEquals("ready\ntidied", outcome.value());
    }

    @Test
    void aKillInTheMiddleOfACancellationDoesNotWaitForItsGrace() throws Exception {
        var run = shell().start(request("trap '' TERM; echo ready; while :; do sleep 30; done", null, Duration.ZERO),
                new Listener());
        await().until(() -> lines.contains("ready"));
        run.cancel("first", MINUTE);

        run.kill("second");

        assertEquals(End.CANCELLED, outcome(run).end());
    }

    @Test
    void whatAScriptLeavesBehindEndsWithIt() throws Exception {
        var outcome = run("setsid sleep 300 > /dev/null 2>&1 & echo $!; nohup sleep 300 & echo $!");

        assertEquals(End.SUCCEEDED, outcome.end());
        assertTrue(outcome.value().lines().noneMatch(ShellExecutorIT::lives), outcome::value);
        assertTrue(lines.contains("(agent) the script left 2 processes behind; they were ended"), lines::toString);
    }

    @Test
    void aStepLeavesNoFolder() throws Exception {
        run("mkdir -p a/b; touch a/b/c; ln -s /etc link; chmod 000 a/b/c");

        try (var left = Files.list(workspace)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void manyStepsRunAtOnce() throws Exception {
        var runs = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> shell().start(request("sleep 0.2; echo " + i, null, Duration.ZERO), new Listener()))
                .toList();

        for (int i = 0; i < runs.size(); i++) {
            assertEquals(Integer.toString(i), outcome(runs.get(i)).value());
        }
    }

    private ShellExecutor shell() {
        return new ShellExecutor(vertx,
                new ShellConfig(workspace, PATH, "C.UTF-8", "coder", Optional.empty(), Map.of(), Volumes.none()));
    }

    private StepOutcome run(String script) throws Exception {
        return outcome(shell().start(request(script, null, Duration.ZERO), new Listener()));
    }

    private static StepRequest request(String script, @Nullable Duration timeout, Duration grace) {
        return request(script, new Limits(timeout, Pulse.of(null), grace), Preparation.NONE);
    }

    private static StepRequest request(String script, Limits limits, Preparation preparation) {
        return new StepRequest("count", "default", "uid", 1, "coder-0", script, Map.of(), Map.of(), limits, 0, TRACE,
                DOOR, preparation);
    }

    private static StepOutcome outcome(StepRun run) throws Exception {
        Promise<StepOutcome> ended = Promise.promise();
        run.outcome().onComplete(ended);
        return ended.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Zombies do not live. */
    private static boolean lives(String pid) {
        try {
            var stat = Files.readString(Path.of("/proc", pid.strip(), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    private final class Listener implements StepListener {
        @Override
        public void lines(List<String> said) {
            lines.addAll(said);
        }

        @Override
        public void progress(int percent, String message) {
            progress.add(percent + " " + message);
        }
    }
}
