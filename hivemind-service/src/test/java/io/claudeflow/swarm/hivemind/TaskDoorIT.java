package io.claudeflow.swarm.hivemind;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.task.Submission;
import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import io.claudeflow.swarm.mesh.task.v1.Hello;
import io.claudeflow.swarm.mesh.task.v1.Submit;
import io.claudeflow.swarm.mesh.task.v1.TaskEnd;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.claudeflow.swarm.mesh.task.v1.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the door for tasks, with whole replicas, real Raft and real gRPC. */
class TaskDoorIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Work WORK = Work.newBuilder().setScript("true").build();

    private static final String SESSION = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    @TempDir
    Path folder;

    private static void found(TestSwarm swarm, int replicas) throws Exception {
        swarm.start();
        await().atMost(SOON).until(() -> swarm.leader() >= 0);
        await().atMost(SOON).until(() -> Objects.requireNonNull(swarm.state()).voters().size() == replicas);
        swarm.trust();
        swarm.declare("demo-coder-0", "demo-coder-1", "demo-coder-2");
    }

    @Test
    void everyRequestFinishesOnceAlthoughTheLeaderDies() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.4", 3)) {
            found(swarm, 3);
            var runs = new ConcurrentHashMap<String, AtomicInteger>();
            var agents = IntStream.range(0, 3)
                    .mapToObj(n -> swarm.agent("demo-coder-" + n, List.of(n, (n + 1) % 3, (n + 2) % 3), assign -> {
                        runs.computeIfAbsent(assign.getStep().getTaskUid(), _ -> new AtomicInteger()).incrementAndGet();
                        return Outcome.SUCCEEDED;
                    }))
                    .toList();
            await().atMost(SOON).until(() -> agents.stream().allMatch(agent -> agent.welcomes > 0));
            var client = swarm.client(swarm.tokens().ofUser());
            int old = swarm.leader();
            var submissions = new ArrayList<Submission>();
            for (int i = 0; i < 1_000; i++) {
                if (i == 500) {
                    TestSwarm.get(submissions.get(100).finished());
                    swarm.forgetState();
                    swarm.stop(old);
                }
                submissions.add(client.submit("t" + i, WORK));
            }
            for (var submission : submissions) {
                var finished = TestSwarm.get(submission.finished());
                assertEquals(submission.request(), finished.getRequest());
                assertEquals(TaskEnd.COMPLETED, finished.getEnd());
                assertEquals("did " + finished.getTaskUid(), finished.getResult());
            }
            assertEquals(1_000, runs.size());
            int leader = swarm.leader();
            assertNotEquals(old, leader);
            await().atMost(SOON).until(() -> swarm.gauge(leader, "swarm_hivemind_tasks") == 0);
        }
    }

    @Test
    void onlyTheLeaderServesAndTheOthersSayWho() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.5", 3)) {
            found(swarm, 3);
            int leader = swarm.leader();
            int follower = (leader + 1) % 3;
            try (var door = new RawClient(swarm.vertx, swarm.address(follower))) {
                door.say(hello(swarm.tokens().ofUser(), SESSION));
                var welcome = door.await(TaskFrame::hasWelcome).getWelcome();
                assertFalse(welcome.getLeads());
                assertEquals(leader, welcome.getLeader());
                assertEquals("demo-hivemind-" + leader + ".demo-mesh.ns.svc:7443", welcome.getLeaderAddress());
                await().atMost(SOON).until(() -> door.ended);
            }
            try (var door = new RawClient(swarm.vertx, swarm.address(leader))) {
                door.say(hello(new Tokens().ofUser(), SESSION));
                assertEquals("Unauthenticated", door.await(TaskFrame::hasRefused).getRefused().getCode());
                await().atMost(SOON).until(() -> door.ended);
            }
            try (var door = new RawClient(swarm.vertx, swarm.address(leader))) {
                door.say(hello(swarm.tokens().ofUser(), SESSION));
                assertTrue(door.await(TaskFrame::hasWelcome).getWelcome().getLeads());
            }
            try (var door = new RawClient(swarm.vertx, swarm.address(leader))) {
                door.say(hello(swarm.tokens().of("demo-coder-0", "pod-demo-coder-0"), SESSION));
                assertEquals("Forbidden", door.await(TaskFrame::hasRefused).getRefused().getCode());
            }
        }
    }

    @Test
    void aClientHasItsCreditAndNoMore() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.6", 1)) {
            found(swarm, 1);
            try (var door = new RawClient(swarm.vertx, swarm.address(0))) {
                door.say(hello(swarm.tokens().ofUser(), SESSION));
                int credit = door.await(TaskFrame::hasWelcome).getWelcome().getCredit();
                for (int n = 1; n <= credit + 1; n++) {
                    door.say(ClientFrame.newBuilder()
                            .setSubmit(Submit.newBuilder().setRequest(n).setWork(WORK))
                            .build());
                }
                var rejected = door.await(TaskFrame::hasRejected).getRejected();
                assertEquals(credit + 1, rejected.getRequest());
                assertEquals("Exhausted", rejected.getCode());
                await().atMost(SOON)
                        .until(() -> door.told.stream().filter(TaskFrame::hasAccepted).count() == credit);
            }
        }
    }

    @Test
    void whatCannotBeAcceptedFailsWithItsReason() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.7", 1)) {
            found(swarm, 1);
            var client = swarm.client(swarm.tokens().ofUser());
            var large = client.submit("t", WORK.toBuilder().setScript("x".repeat(300 * 1024)).build());
            var failed = assertThrows(ExecutionException.class, () -> TestSwarm.get(large.finished()));
            assertEquals(ErrorCode.INVALID, assertInstanceOf(SwarmException.class, failed.getCause()).code());
            var running = client.submit("t", WORK);
            assertTrue(TestSwarm.get(running.accepted()).endsWith(".2"));
            client.cancel(running.request(), "not needed");
            var end = TestSwarm.get(running.finished());
            assertEquals(TaskEnd.CANCELLED, end.getEnd());
            assertEquals("not needed", end.getMessage());
            await().atMost(SOON).until(() -> swarm.gauge(0, "swarm_hivemind_tasks") == 0);
        }
    }

    private static ClientFrame hello(String token, String session) {
        return ClientFrame.newBuilder().setHello(Hello.newBuilder().setToken(token).setSession(session)).build();
    }
}
