package io.claudeflow.swarm.hivemind;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.ledger.Samples;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole replicas, real Raft, real gRPC: from the bus to the agent and back. */
class HivemindApplicationIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void aTaskFlowsFromTheBusToAnAgentAndBack() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.1", 1)) {
            swarm.start();
            await().atMost(SOON).until(() -> swarm.leader() == 0);
            swarm.trust();
            swarm.declare("demo-coder-0");
            var agent = swarm.agent("demo-coder-0", List.of(0), _ -> Outcome.SUCCEEDED);
            await().atMost(SOON)
                    .until(() -> Objects.requireNonNull(swarm.state()).connectedByType().getOrDefault("coder", 0) == 1);

            var submitted = assertInstanceOf(HivemindReply.Submitted.class, swarm.submit("t1", Samples.SPEC));
            assertEquals(HivemindReply.Submitted.Outcome.ACCEPTED, submitted.outcome());
            await().atMost(SOON).until(() -> agent.verdicts.containsValue(ResultAck.Verdict.STORED));
            var task = Objects.requireNonNull(swarm.tasks().get("t1"));
            assertEquals(TaskPhase.COMPLETED, task.phase());
            assertEquals("did t1", task.result());
            assertEquals(List.of("demo-coder-0"), task.agents());
            assertEquals(1, task.attempts());
            assertEquals(List.of("Submitted", "Assigned", "Completed"),
                    task.transitions()
                            .stream()
                            .map(TaskTransition::kind)
                            .filter(kind -> !kind.equals("Started"))
                            .toList());

            swarm.ask(new HivemindCommand.AckTasks(List.of(new HivemindCommand.AckTasks.Ack("t1", task.seq()))));
            assertTrue(swarm.tasks().isEmpty());
            var page = assertInstanceOf(HivemindReply.TaskPage.class,
                    swarm.ask(new HivemindCommand.TailTasks(task.seq(), 10, Duration.ofSeconds(1))));
            assertEquals(List.of("t1"), page.gone());
        }
    }

    @Test
    void aSilentAgentsWorkIsGivenAwayAndItsResultIsFenced() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.2", 1)) {
            swarm.start();
            await().atMost(SOON).until(() -> swarm.leader() == 0);
            swarm.trust();
            swarm.declare("demo-coder-0", "demo-coder-1");
            var first = swarm.agent("demo-coder-0", List.of(0), _ -> null);
            await().atMost(SOON).until(() -> first.welcomes == 1);
            swarm.submit("t1", Samples.SPEC);
            await().atMost(SOON).until(() -> first.assigned.size() == 1);
            first.freeze();
            var second = swarm.agent("demo-coder-1", List.of(0), _ -> Outcome.SUCCEEDED);
            await().atMost(SOON).until(() -> second.verdicts.containsValue(ResultAck.Verdict.STORED));
            first.end(first.assigned.getFirst().getStep(), Outcome.SUCCEEDED);
            first.thaw();
            await().atMost(SOON).until(() -> first.verdicts.containsValue(ResultAck.Verdict.FENCED));
            var task = Objects.requireNonNull(swarm.tasks().get("t1"));
            assertEquals(List.of("demo-coder-1"), task.agents());
            assertEquals(2, task.attempts());
        }
    }

    @Test
    void tasksGoOnWhileReplicasComeAndGo() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.4", 1, 5)) {
            swarm.start();
            await().atMost(SOON).until(() -> swarm.leader() == 0);
            swarm.establish();
            swarm.trust();
            swarm.declare("demo-coder-0", "demo-coder-1", "demo-coder-2");
            var agents = IntStream.range(0, 3)
                    .mapToObj(n -> swarm.agent("demo-coder-" + n, List.of(0, 1, 2), _ -> Outcome.SUCCEEDED))
                    .toList();
            await().atMost(SOON).until(() -> agents.stream().allMatch(agent -> agent.welcomes > 0));
            int tasks = 0;
            int generation = 0;
            for (int wanted : List.of(3, 5, 3, 1)) {
                int before = Objects.requireNonNull(swarm.state()).voters().size();
                swarm.ask(new HivemindCommand.SetMembership(wanted, ++generation));
                for (int ordinal = before; ordinal < wanted; ordinal++) {
                    TestSwarm.get(swarm.begin(ordinal));
                }
                var voters = IntStream.range(0, wanted).boxed().toList();
                for (long end = System.nanoTime() + SOON.toNanos(); System.nanoTime() < end
                        && !Objects.requireNonNull(swarm.state()).voters().equals(voters);) {
                    swarm.submit("t" + tasks++, Samples.SPEC);
                }
                assertEquals(voters, Objects.requireNonNull(swarm.state()).voters());
                for (int ordinal = wanted; ordinal < before; ordinal++) {
                    swarm.stop(ordinal);
                }
            }
            int all = tasks;
            await().atMost(SOON)
                    .until(() -> swarm.tasks()
                            .values()
                            .stream()
                            .filter(t -> t.phase() == TaskPhase.COMPLETED)
                            .count() == all);
        }
    }

    @Test
    void tasksOutliveTheirLeader() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.3", 3)) {
            swarm.start();
            await().atMost(SOON).until(() -> swarm.leader() >= 0);
            await().atMost(SOON).until(() -> Objects.requireNonNull(swarm.state()).voters().size() == 3);
            swarm.trust();
            swarm.declare("demo-coder-0", "demo-coder-1", "demo-coder-2");
            var agents = IntStream.range(0, 3)
                    .mapToObj(n -> swarm.agent("demo-coder-" + n, List.of(n, (n + 1) % 3, (n + 2) % 3),
                            _ -> Outcome.SUCCEEDED))
                    .toList();
            await().atMost(SOON).until(() -> agents.stream().allMatch(agent -> agent.welcomes > 0));
            int old = swarm.leader();
            for (int i = 0; i < 60; i++) {
                if (i == 20) {
                    swarm.stop(old);
                    swarm.forgetState();
                    await().atMost(SOON).until(() -> swarm.leader() >= 0);
                }
                swarm.submit("t" + i, Samples.SPEC);
            }
            assertNotEquals(old, swarm.leader());
            await().atMost(SOON)
                    .until(() -> swarm.tasks()
                            .values()
                            .stream()
                            .filter(t -> t.phase() == TaskPhase.COMPLETED)
                            .count() == 60);
        }
    }
}
