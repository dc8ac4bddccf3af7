package io.claudeflow.swarm.hivemind;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.task.Submission;
import io.claudeflow.swarm.mesh.task.v1.TaskEnd;
import io.claudeflow.swarm.mesh.task.v1.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the door for tasks, with whole replicas, real Raft and real gRPC. */
class TaskDoorIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Work WORK = Work.newBuilder().setScript("true").build();

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
        }
    }
}
