package io.claudeflow.swarm.hivemind;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.claudeflow.swarm.hivemind.ledger.Samples;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the replicas' metrics say together is what the ledger has, whoever led meanwhile. */
class MetricsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Retries ONCE_MORE = new Retries(1, Duration.ofMillis(10), Duration.ofMillis(10), OnLost.RETRY);
    private static final TaskSpec SPEC = Samples.spec(Duration.ofSeconds(10), null, ONCE_MORE);
    /** Places of the three agents. */
    private static final int PLACES = 12;

    @TempDir
    Path folder;

    /** By the first word of a task's UID; what is held runs until it is cancelled. */
    private static @Nullable Outcome script(Assign assign) {
        return switch (assign.getStep().getTaskUid().split("-")[0]) {
            case "fails" -> Outcome.FAILED;
            case "retried" -> assign.getStep().getAttempt() == 1 ? Outcome.FAILED : Outcome.SUCCEEDED;
            case "held" -> null;
            default -> Outcome.SUCCEEDED;
        };
    }

    @Test
    void theMetricsAreTheLedgersOwnCounts() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.8", 3)) {
            swarm.start();
            await().atMost(SOON).until(() -> swarm.leader() >= 0);
            await().atMost(SOON).until(() -> Objects.requireNonNull(swarm.state()).voters().size() == 3);
            swarm.trust();
            swarm.declare("demo-coder-0", "demo-coder-1", "demo-coder-2", "demo-coder-3");
            var agents = IntStream.range(0, 3)
                    .mapToObj(n -> swarm.agent("demo-coder-" + n, List.of(n, (n + 1) % 3, (n + 2) % 3),
                            MetricsIT::script))
                    .toList();
            await().atMost(SOON).until(() -> agents.stream().allMatch(agent -> agent.welcomes > 0));

            load(swarm, 0);
            int old = swarm.leader();
            swarm.stop(old);
            load(swarm, 1);
            assertNotEquals(old, swarm.leader());
            TestSwarm.get(swarm.begin(old));
            load(swarm, 2);
            ended(swarm, 300);
            agree(swarm, agents.size());

            // Who led first leads again: what was counted meanwhile is not missing, what it has counted itself not there twice.
            swarm.stop(swarm.leader());
            swarm.forgetState();
            await().atMost(SOON).until(() -> swarm.leader() >= 0);
            ended(swarm, 300);
            await().atMost(SOON)
                    .until(() -> Objects.requireNonNull(swarm.state()).connectedByType().getOrDefault("coder", 0) == 3);
            agree(swarm, agents.size());

            IntStream.range(0, PLACES + 20).forEach(n -> swarm.submit("held-last-" + n, SPEC));
            await().atMost(SOON).until(() -> swarm.sum("task_queue_depth", "") == 20);
            await().atMost(SOON).until(() -> swarm.sum("pending_tasks", "") == 20);
            assertEquals(PLACES + 20, swarm.tasks().values().stream().filter(task -> !task.phase().terminal()).count());
        }
    }

    private static void load(TestSwarm swarm, int round) {
        for (int n = 0; n < 40; n++) {
            swarm.submit("plain-" + round + "-" + n, SPEC);
            if (n % 2 == 0) {
                swarm.submit("fails-" + round + "-" + n, SPEC);
                swarm.submit("retried-" + round + "-" + n, SPEC);
            }
            if (n % 4 == 1) {
                swarm.submit("held-" + round + "-" + n, SPEC);
                swarm.submit("never-" + round + "-" + n, Samples.spec(Duration.ofSeconds(10), null, ONCE_MORE));
                swarm.ask(new HivemindCommand.CancelTask("held-" + round + "-" + n, "not needed"));
            }
        }
    }

    private static void ended(TestSwarm swarm, int tasks) {
        await().atMost(SOON).until(() -> {
            var all = swarm.tasks().values();
            return all.size() == tasks && all.stream().allMatch(task -> task.phase().terminal());
        });
    }

    private static void agree(TestSwarm swarm, int connected) throws Exception {
        var tasks = swarm.tasks().values();
        long completed = count(tasks, TaskPhase.COMPLETED);
        long failed = count(tasks, TaskPhase.FAILED);
        assertEquals(210, completed);
        assertEquals(60, failed);
        assertEquals(30, count(tasks, TaskPhase.CANCELLED));
        await().atMost(SOON).until(() -> swarm.sum("swarm_tasks_completed_total", "") == completed);
        assertEquals(failed, swarm.sum("swarm_task_failures_total", ""));
        assertEquals(failed, swarm.sum("swarm_task_failures", ""));

        var ran = tasks.stream().filter(task -> task.startedAt() != null).toList();
        double seconds = ran.stream().mapToLong(MetricsIT::millis).sum() / 1_000.0;
        assertEquals(ran.size(), swarm.sum("swarm_task_duration_seconds_count", ""));
        assertEquals(seconds, swarm.sum("swarm_task_duration_seconds_sum", ""), 1e-6);
        for (var bound : List.of(0.005, 0.1, 2.5)) {
            assertEquals(ran.stream().filter(task -> millis(task) <= bound * 1_000).count(),
                    swarm.sum("swarm_task_duration_seconds_bucket", "le=\"" + bound + "\""));
        }
        assertEquals(seconds / ran.size(), swarm.sum("avg_task_duration", ""), 1e-6);
        await().atMost(SOON)
                .until(() -> swarm.sum("swarm_agents_total", "status=\"connected\"") == connected
                        && swarm.sum("swarm_agents_total", "status=\"disconnected\"") == 4 - connected);
        await().atMost(SOON)
                .until(() -> swarm.sum("task_queue_depth", "") == 0 && swarm.sum("pending_tasks", "") == 0);
    }

    private static long millis(TaskState task) {
        return Math.max(0, Duration.between(Objects.requireNonNull(task.startedAt()),
                Objects.requireNonNull(task.finishedAt())).toMillis());
    }

    private static long count(Collection<TaskState> tasks, TaskPhase phase) {
        return tasks.stream().filter(task -> task.phase() == phase).count();
    }
}
