package io.claudeflow.swarm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.e2e.MeshPods.Pod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * kill -9, and SIGSTOP for longer than a lease, of the leader, a follower, an agent and the mesh operator in the middle of
 * hundreds of tasks: none is lost, and each has one result, which is that of its last attempt. Says how long each recovery took.
 */
@Isolated("says how long recoveries take")
class KillIT {
    /** {@code -Dchaos.tasks=1000} is the whole proof. */
    private static final int TASKS = Integer.getInteger("chaos.tasks", 300);
    private static final String SECONDS = "0.8";
    private static final String COMPLETED = "swarm_tasks_completed_total";
    /** Longer than an agent's lease and grace, and than the operator's Lease. */
    private static final Duration FROZEN = Duration.ofSeconds(7);
    /** Between two looks: each kubectl takes of the two cores that all processes here share. */
    private static final Duration LOOK = Duration.ofMillis(250);
    /** What a loss may take at most: far more than it does, so that a busy machine is no failure. */
    private static final Duration LONGEST = Duration.ofSeconds(40);

    @Test
    void everyTaskHasExactlyOneResult(@TempDir Path folder) throws Exception {
        var place = new Place(Place.realBinaries().isPresent() ? "kube-apiserver" : "embedded", "process");
        var runs = new Runs(Files.createDirectories(folder.resolve("runs")));
        var yaml = Files.writeString(folder.resolve("swarm.yaml"), """
                apiVersion: swarm.claudeflow.io/v1alpha1
                kind: SwarmCluster
                metadata: {name: kill}
                spec:
                  topology: mesh
                  replicas: 1
                  hiveMind: {replicas: 3}
                """ + IntStream.range(0, 3).mapToObj("""
                ---
                apiVersion: swarm.claudeflow.io/v1alpha1
                kind: SwarmAgent
                metadata: {name: worker-%d}
                spec: {type: specialist, maxConcurrentTasks: 4}
                """::formatted).collect(Collectors.joining()));
        try (var swarm = new LocalSwarm(place, folder.resolve("data")).up(yaml.toString())) {
            var hivemind = MeshPods.of(swarm, "component=hivemind");
            await("three workers", () -> workers(swarm).size() == 3);
            // A swarm is Ready with a majority of its replicas; without the third one a killed leader has to come back first.
            settle(swarm, hivemind);
            var agents = workers(swarm);
            var operator = MeshPods.of(swarm, "component=operator").pods().getFirst();
            long begin = System.nanoTime();
            var batches = new ArrayList<CompletableFuture<Void>>();
            batches.add(submit(swarm, runs, 0, share(0.3)));
            var leader = leader(swarm, hivemind);
            // While kubectl creates tasks it needs one of the two cores; during the other faults it may.
            batches.getFirst().join();
            leader.kill();
            var killed = Instant.now();
            say("leader, kill -9: next committed result seen", recovered(hivemind.without(leader)));
            operator.kill();
            lost(runs, agents.getFirst(), Pod::kill, "agent, kill -9");
            settle(swarm, hivemind);
            batches.add(submit(swarm, runs, share(0.3), share(0.55)));
            hivemind.without(leader(swarm, hivemind)).pods().getFirst().kill();
            settle(swarm, hivemind);

            batches.add(submit(swarm, runs, share(0.55), share(0.75)));
            leader = leader(swarm, hivemind);
            leader.freeze();
            var frozen = Instant.now();
            long until = System.nanoTime() + FROZEN.toNanos();
            say("leader, SIGSTOP: next committed result seen", recovered(hivemind.without(leader)));
            await("longer than a lease", () -> System.nanoTime() > until);
            leader.thaw();
            settle(swarm, hivemind);
            batches.add(submit(swarm, runs, share(0.75), TASKS));
            var follower = hivemind.without(leader(swarm, hivemind)).pods().getFirst();
            follower.freeze();
            operator.freeze();
            lost(runs, agents.getLast(), Pod::freeze, "agent, SIGSTOP");
            List.of(follower, operator, agents.getLast()).forEach(Pod::thaw);

            batches.forEach(CompletableFuture::join);
            await("the ledger's own count", () -> hivemind.sum(COMPLETED) == TASKS);
            say(TASKS + " results in the ledger, with 8 faults on the way", System.nanoTime() - begin);
            await("all tasks", () -> swarm.completedTasks() == TASKS);
            say(TASKS + " tasks Completed, with 8 faults on the way", System.nanoTime() - begin);
            say("leader, kill -9: tasks begin again", runs.pause(killed).toNanos());
            say("leader, SIGSTOP: tasks begin again", runs.pause(frozen).toNanos());
            long again = 0;
            int seen = 0;
            for (var task : swarm.tasks()) {
                var name = task.path("metadata").path("name").asText();
                var status = task.path("status");
                int attempts = status.path("attempts").asInt();
                assertEquals("Completed", status.path("phase").asText(), status::toString);
                assertEquals(name.replace("task", "done") + "-" + attempts, status.path("result").asText(),
                        status::toString);
                again += attempts > 1 ? 1 : 0;
                seen++;
            }
            assertEquals(TASKS, seen);
            System.out.println("tasks with more than one attempt: " + again);
            assertEquals(TASKS, hivemind.sum(COMPLETED), "the ledger's own count");
        }
    }

    private static int share(double of) {
        return (int) (of * TASKS);
    }

    private static List<Pod> workers(LocalSwarm swarm) {
        return MeshPods.of(swarm, "component=agent")
                .pods()
                .stream()
                .filter(pod -> pod.name().startsWith("worker-") && !pod.address().isEmpty())
                .toList();
    }

    /** The replica that the SwarmCluster's status names. */
    private static Pod leader(LocalSwarm swarm, MeshPods hivemind) {
        return hivemind
                .named(swarm.object("swarmcluster", "kill", "default")
                        .path("status")
                        .path("mesh")
                        .path("leader")
                        .asText());
    }

    private static boolean leads(Pod replica) {
        return new MeshPods(List.of(replica)).sum("swarm_hivemind_leader_term") > 0;
    }

    /** Nanoseconds until one of these leads and has committed a result. */
    private static long recovered(MeshPods rest) {
        long begin = System.nanoTime();
        long[] first = {-1};
        Awaitility.await("a result of a new leader").atMost(LONGEST).pollInterval(Duration.ofMillis(20)).until(() -> {
            long now = rest.sum(COMPLETED);
            first[0] = first[0] < 0 ? now : first[0];
            return first[0] >= 0 && now > first[0];
        });
        return System.nanoTime() - begin;
    }

    /** Takes an agent away in the middle of its work, and waits until others have begun all of that. */
    private static void lost(Runs runs, Pod agent, Consumer<Pod> fault, String what) {
        await("work of " + agent.name(), () -> runs.heldBy(agent.name()).size() > 1);
        fault.accept(agent);
        long begin = System.nanoTime();
        var held = runs.heldBy(agent.name());
        var before = held.stream().collect(Collectors.toMap(task -> task, runs::attempts));
        await("the work of " + agent.name() + " again",
                () -> before.entrySet().stream().allMatch(task -> runs.attempts(task.getKey()) > task.getValue()));
        say(what + ": its " + held.size() + " steps run again", System.nanoTime() - begin);
    }

    /** Goes on to submit while faults happen; returns as soon as some of these run. */
    private static CompletableFuture<Void> submit(LocalSwarm swarm, Runs runs, int first, int last) {
        var submitted = CompletableFuture.runAsync(
                () -> swarm.kubectlWithInput(runs.tasks(first, last, SECONDS), "create", "-f", "-").ok());
        await("work", () -> runs.begun() > first + 10);
        return submitted;
    }

    /** All replicas serve, and the status, which the mesh operator writes, names who leads. */
    private static void settle(LocalSwarm swarm, MeshPods hivemind) {
        await("all replicas", hivemind::ready);
        await("the leader in the status", () -> leads(leader(swarm, hivemind)));
    }

    private static void say(String what, long nanos) {
        System.out.printf("%s after %.2f s%n", what, nanos / 1e9);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofMinutes(2)).pollInterval(LOOK).until(condition);
    }
}
