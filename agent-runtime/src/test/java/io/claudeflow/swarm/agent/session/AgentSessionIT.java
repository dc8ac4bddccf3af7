package io.claudeflow.swarm.agent.session;

import static io.claudeflow.swarm.agent.session.TestGateway.shell;
import static io.claudeflow.swarm.agent.session.TestGateway.step;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.agent.adapter.grpc.GrpcGateway;
import io.claudeflow.swarm.agent.door.Doorkeeper;
import io.claudeflow.swarm.agent.executor.shell.ShellConfig;
import io.claudeflow.swarm.agent.executor.shell.ShellExecutor;
import io.claudeflow.swarm.agent.volume.Volumes;
import io.claudeflow.swarm.kit.trace.Tracer;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.CancelStep;
import io.claudeflow.swarm.mesh.agent.v1.Drain;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck.Verdict;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSessionIT {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    @TempDir
    Path folder;

    private TestGateway gateway;
    private AgentSession session;
    private Path token;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway(vertx);
        token = Files.writeString(folder.resolve("token"), "first-token\n");
        var workspace = folder.resolve("steps");
        var config = new ShellConfig(workspace, "/usr/local/bin:/usr/bin:/bin", "C.UTF-8", "coder", Optional.empty(),
                Map.of(), Volumes.none());
        session = new AgentSession(vertx, new SessionConfig(token, "test", false),
                new GrpcGateway(vertx, HostAndPort.create("127.0.0.1", gateway.port())),
                new StepTools(new ShellExecutor(vertx, config), new Doorkeeper(), () -> "http://127.0.0.1:1",
                        Volumes.none(), Tracer.none()));
    }

    @AfterEach
    void close() throws Exception {
        onContext(() -> session.stop(Duration.ZERO));
        gateway.close();
        TestGateway.await(vertx.close());
    }

    @Test
    void anAgentRegistersBeatsAndSendsARenewedToken() throws Exception {
        connect();
        assertEquals("first-token", gateway.last().register().getToken());

        Files.writeString(token, "second-token");

        await().until(() -> gateway.last().heard.stream()
                .anyMatch(frame -> frame.hasHeartbeat()
                        && frame.getHeartbeat().getToken().equals("second-token")));
        assertEquals(1, gateway.sessions.size());
    }

    @Test
    void anAssignmentIsAcceptedRunAndReported() throws Exception {
        connect();

        gateway.assign(shell(step("a", 1), "echo ::progress 50 half; echo $SWARM_AGENT; exit 4"));

        await().until(() -> gateway.last().results().size() == 1);
        var result = gateway.last().results().getFirst();
        assertEquals(List.of(step("a", 1)), gateway.last().accepted());
        assertEquals(Outcome.FAILED, result.getOutcome());
        assertEquals(4, result.getExitCode());
        assertEquals("coder-0", result.getValue());
        assertTrue(gateway.last().heard.stream()
                .anyMatch(frame -> frame.hasProgress() && frame.getProgress().getPercent() == 50
                        && frame.getProgress().getMessage().equals("half")));
    }

    @Test
    void aResultOutlivesConnectionsUntilItIsAcknowledged() throws Exception {
        connect();
        var go = folder.resolve("go");
        gateway.assign(shell(step("a", 1), "until [ -e " + go + " ]; do sleep 0.02; done; echo 42"));
        await().until(() -> !gateway.last().accepted().isEmpty());

        gateway.drop();
        await().until(() -> gateway.sessions.size() == 2);
        assertEquals(List.of(step("a", 1)), gateway.last().register().getRunningList());
        Files.createFile(go);
        await().until(() -> gateway.last().results().size() == 1);

        gateway.drop();
        await().until(() -> gateway.sessions.size() == 3 && gateway.last().results().size() == 1);
        assertEquals("42", gateway.last().results().getFirst().getValue());
        assertEquals(gateway.sessions.getFirst().register().getSession(), gateway.last().register().getSession());

        gateway.acknowledge(step("a", 1), Verdict.STORED);
        gateway.drop();
        await().until(() -> gateway.sessions.size() == 4 && gateway.last().heartbeats() > 1);
        assertEquals(List.of(), gateway.last().results());
    }

    @Test
    void aNewLeaderOnTheSameStreamHearsResultsAndWhatRuns() throws Exception {
        connect();
        gateway.assign(shell(step("done", 1), "echo 1"));
        gateway.assign(shell(step("runs", 1), "sleep 60"));
        await().until(() -> gateway.last().results().size() == 1 && gateway.last().accepted().size() == 2);

        gateway.send(TestGateway.welcome(2));

        await().until(() -> gateway.last().results().size() == 2 && gateway.last().accepted().size() == 3);
        assertEquals(step("runs", 1), gateway.last().accepted().getLast());
        assertEquals(1, gateway.sessions.size());
    }

    @Test
    void theSameStepRunsOnceAndMoreThanTheMostIsRejected() throws Exception {
        gateway.answer = _ -> TestGateway.welcome(1);
        connect();
        var count = folder.resolve("count");
        var once = shell(step("a", 1), "echo x >> " + count + "; sleep 60");
        gateway.assign(once);
        gateway.assign(once);
        gateway.assign(shell(step("b", 1), "true"));

        await().until(() -> gateway.last().accepted().size() == 2 && Files.exists(count));
        await().until(() -> gateway.last().heard.stream().anyMatch(AgentFrame::hasReject));
        assertEquals(List.of("x"), Files.readAllLines(count));

        gateway.assign(shell(step("a", 2), "echo second"));

        await().until(() -> gateway.last().results().size() == 1);
        assertEquals(step("a", 2), gateway.last().results().getFirst().getStep());
    }

    @Test
    void withoutGrantsTheAgentFencesItselfAndTheOtherWorkRunsOn() throws Exception {
        connect();
        gateway.assign(
                shell(step("never", 1), "echo $$ > " + folder.resolve("never") + "; sleep 60").setFenceKills(true));
        gateway.assign(shell(step("other", 1), "echo $$ > " + folder.resolve("other") + "; sleep 60"));
        await().until(() -> pid("never") > 0 && pid("other") > 0);

        gateway.granting = false;

        await().until(() -> !lives(pid("never")));
        assertTrue(lives(pid("other")));
        await().until(() -> gateway.sessions.size() > 1);
        gateway.granting = true;
        await().until(() -> gateway.last().results().size() == 1);
        var killed = gateway.last().results().getFirst();
        assertEquals(Outcome.CANCELLED, killed.getOutcome());
        assertTrue(killed.getMessage().contains("lost its lease"), killed::getMessage);

        gateway.acknowledge(step("other", 1), Verdict.FENCED);
        await().until(() -> !lives(pid("other")));
        gateway.acknowledge(step("never", 1), Verdict.FENCED);
        await().until(() -> session.runningSteps() == 0);
        assertEquals(1, gateway.last().results().size());
    }

    @Test
    void aCancelledStepIsReportedAndAnUnknownOneToo() throws Exception {
        connect();
        gateway.assign(shell(step("a", 1), "trap 'echo bye; exit 1' TERM; echo $$ > " + folder.resolve("pid")
                + "; while :; do sleep 0.02; done"));
        await().until(() -> pid("pid") > 0);

        cancel("a");
        cancel("unknown");

        await().until(() -> gateway.last().results().size() == 2);
        for (var result : gateway.last().results()) {
            assertEquals(Outcome.CANCELLED, result.getOutcome());
            assertEquals("of no use any more", result.getMessage());
        }
    }

    @Test
    void aStopGivesBackWhatDoesNotEndInTimeAndTakesNothingNew() throws Exception {
        connect();
        gateway.assign(shell(step("long", 1), "echo $$ > " + folder.resolve("pid") + "; sleep 60"));
        await().until(() -> pid("pid") > 0);

        var stopped = begin(() -> session.stop(Duration.ofSeconds(4)));
        await().until(() -> gateway.last().heartbeats() > 0);
        gateway.assign(shell(step("new", 1), "true"));

        await().until(() -> gateway.last().heard.stream().anyMatch(AgentFrame::hasReject));
        TestGateway.await(stopped);
        assertTrue(gateway.last().heard.stream()
                .anyMatch(frame -> frame.hasHandBack() && frame.getHandBack().getStep().equals(step("long", 1))));
        assertEquals(List.of(), gateway.last().results());
        assertFalse(lives(pid("pid")));
        await().until(() -> gateway.last().ended);
    }

    @Test
    void aStopWaitsForShortWorkAndItsAcknowledgement() throws Exception {
        connect();
        gateway.assign(shell(step("short", 1), "sleep 0.3; echo 42"));
        await().until(() -> !gateway.last().accepted().isEmpty());

        var stopped = begin(() -> session.stop(Duration.ofSeconds(20)));
        await().until(() -> gateway.last().results().size() == 1);
        assertFalse(stopped.isComplete());
        gateway.acknowledge(step("short", 1), Verdict.STORED);

        TestGateway.await(stopped);
        assertEquals("42", gateway.last().results().getFirst().getValue());
    }

    @Test
    void aDrainByOrderGivesBackAndStaysConnected() throws Exception {
        connect();
        gateway.assign(shell(step("long", 1), "sleep 60"));
        await().until(() -> !gateway.last().accepted().isEmpty());

        gateway.send(GatewayFrame.newBuilder().setDrain(Drain.newBuilder().setDeadlineMillis(500)).build());

        await().until(() -> gateway.last().heard.stream().anyMatch(AgentFrame::hasHandBack));
        assertTrue(session.connected());
    }

    @Test
    void aKillEndsTheProcesses() throws Exception {
        connect();
        gateway.assign(shell(step("long", 1), "sleep 60 & echo $! > " + folder.resolve("pid") + "; wait"));
        await().until(() -> pid("pid") > 0);

        onContext(() -> session.stop(Duration.ZERO));

        await().until(() -> !lives(pid("pid")));
    }

    @Test
    void anUnknownPodIsTriedAgainUntilItIsKnown() throws Exception {
        var refusals = new AtomicInteger();
        gateway.answer = _ -> refusals.incrementAndGet() <= 3
                ? TestGateway.refused("UnknownPod")
                : TestGateway.welcome(1);

        connect();

        assertEquals(4, gateway.sessions.size());
    }

    @Test
    void anyOtherRefusalIsFinal() throws Exception {
        gateway.answer = _ -> TestGateway.refused("Superseded");

        onContext(session::start);

        await().until(() -> session.refused().failed());
        assertTrue(String.valueOf(session.refused().cause().getMessage()).contains("Superseded"));
        assertEquals(1, gateway.sessions.size());
    }

    private void connect() throws Exception {
        onContext(session::start);
        await().until(session::connected);
    }

    private void cancel(String task) {
        gateway.send(GatewayFrame.newBuilder()
                .setCancelStep(CancelStep.newBuilder()
                        .setStep(step(task, 1))
                        .setReason("of no use any more")
                        .setGraceMillis(10_000))
                .build());
    }

    private void onContext(Supplier<Future<Void>> action) throws Exception {
        TestGateway.await(begin(action));
    }

    private Future<Void> begin(Supplier<Future<Void>> action) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(_ -> action.get().onComplete(done));
        return done.future();
    }

    private long pid(String file) throws IOException {
        var path = folder.resolve(file);
        var text = Files.exists(path) ? Files.readString(path).strip() : "";
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
