package io.claudeflow.swarm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * hiveMind.replicas 1, 3, 5, 3 by kubectl, a rolling restart, then a replica with the volume of another group and one whose volume
 * is lost, while tasks run: each is completed by exactly one run.
 */
class MembershipIT {
    private static final int TASKS = 40;
    private static final String REPLICA = "members-hivemind-2";
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Test
    void tasksRunOnWhileReplicasComeAndGo(@TempDir Path folder) throws Exception {
        var runs = new Runs(Files.createDirectories(folder.resolve("runs")));
        var yaml = Files.writeString(folder.resolve("swarm.yaml"), """
                apiVersion: swarm.claudeflow.io/v1alpha1
                kind: SwarmCluster
                metadata: {name: members}
                spec:
                  topology: mesh
                  replicas: 2
                  hiveMind: {replicas: 1}
                """);
        try (var swarm = new LocalSwarm(new Place("embedded", "process"), folder.resolve("data"))
                .up(yaml.toString())) {
            int submitted = 0;
            for (int wanted : new int[]{3, 5, 3}) {
                swarm.kubectlWithInput(runs.tasks(submitted, submitted + TASKS, "0.2"), "apply", "-f", "-").ok();
                submitted += TASKS;
                long begin = System.nanoTime();
                swarm.kubectl("patch", "swarmcluster", "members", "--type", "merge", "-p",
                        "{\"spec\":{\"hiveMind\":{\"replicas\":" + wanted + "}}}").ok();
                awaitMembers(swarm, wanted);
                System.out.println(
                        "members are " + wanted + " after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
            }
            var restarted = CompletableFuture.runAsync(() -> restart(swarm));
            while (!restarted.isDone()) {
                swarm.kubectlWithInput(runs.tasks(submitted, submitted + TASKS / 2, "0.2"), "apply", "-f", "-").ok();
                submitted += TASKS / 2;
                int begun = submitted - 2;
                Awaitility.await("work goes on").atMost(LONGEST).until(() -> runs.begun() >= begun);
            }
            restarted.join();
            int all = submitted + TASKS;
            swarm.kubectlWithInput(runs.tasks(submitted, all, "0.2"), "apply", "-f", "-").ok();
            refuseTheVolumeOfAnotherGroup(swarm);
            replaceALostVolume(swarm);
            Awaitility.await("all tasks")
                    .atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> swarm.completedTasks() == all);
            for (var task : swarm.tasks()) {
                var name = task.path("metadata").path("name").asText();
                assertEquals(1, runs.attempts(name), () -> name + " ran once: " + runs.lines(name));
                assertEquals(1, task.path("status").path("attempts").asInt(), task::toString);
            }
            Awaitility.await("volumes of those that left")
                    .atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> swarm.kubectl("get", "pvc", "-o", "name").ok().out().lines().count() == 3);
            assertTrue(swarm.kubectl("get", "events", "-o", "jsonpath={.items[*].reason}")
                    .ok()
                    .out()
                    .contains(
                            "MembersChanged"));
        }
    }

    /** Only the pod of that replica stands still, and says why. */
    private static void refuseTheVolumeOfAnotherGroup(LocalSwarm swarm) throws Exception {
        var identity = identity(swarm).orElseThrow();
        Files.writeString(identity, Files.readString(identity).replaceFirst("group=.*", "group=" + UUID.randomUUID()));
        swarm.kubectl("delete", "pod", REPLICA, "--wait=false").ok();
        Awaitility.await("a refusal of the volume")
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> swarm.kubectl("logs", REPLICA).out().contains("belongs to group"));
    }

    /** A replica that comes back with an empty volume is taken in as another peer. */
    private static void replaceALostVolume(LocalSwarm swarm) throws IOException {
        var lost = identity(swarm).map(MembershipIT::peer);
        var claim = swarm.kubectl("get", "pvc", "-o", "name").ok().out().lines().filter(name -> name.endsWith(REPLICA));
        swarm.kubectl("delete", claim.findFirst().orElseThrow(), "--wait=false").ok();
        swarm.kubectl("delete", "pod", REPLICA, "--wait=false").ok();
        long begin = System.nanoTime();
        Awaitility.await("the replica to be a voter under another id")
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> identity(swarm).filter(file -> text(file).contains("state=member"))
                        .map(MembershipIT::peer)
                        .filter(peer -> !lost.equals(Optional.of(peer)))
                        .isPresent());
        awaitMembers(swarm, 3);
        System.out.println("a lost volume was replaced after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }

    /** The file in which the replica's volume says whose it is. */
    private static Optional<Path> identity(LocalSwarm swarm) throws IOException {
        try (var files = Files.walk(swarm.dataDirectory().resolve("volumes"))) {
            return files.filter(file -> file.endsWith("identity") && peer(file).startsWith("2")).findFirst();
        }
    }

    private static String peer(Path identity) {
        return text(identity).lines().filter(line -> line.startsWith("peer=")).findFirst().orElse("peer=").substring(5);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitMembers(LocalSwarm swarm, int wanted) {
        Awaitility.await(wanted + " members").atMost(LONGEST).pollInterval(Duration.ofMillis(300)).until(() -> {
            var cluster = new JsonMapper()
                    .readTree(swarm.kubectl("get", "swarmcluster", "members", "-o", "json").ok().out());
            var settled = false;
            for (var condition : cluster.path("status").path("conditions")) {
                settled |= condition.path("type").asText().equals("MembershipReady")
                        && condition.path("status").asText().equals("True")
                        && condition.path("observedGeneration").equals(cluster.path("metadata").path("generation"));
            }
            var set = new JsonMapper()
                    .readTree(swarm.kubectl("get", "statefulset", "members-hivemind", "-o", "json").ok().out());
            return settled && cluster.path("status").path("mesh").path("voters").size() == wanted
                    && set.path("spec").path("replicas").asInt() == wanted
                    && set.path("status").path("replicas").asInt() == wanted;
        });
    }

    private static void restart(LocalSwarm swarm) {
        long begin = System.nanoTime();
        swarm.kubectl("rollout", "restart", "statefulset/members-hivemind").ok();
        swarm.kubectl("rollout", "status", "statefulset/members-hivemind", "--timeout=110s").ok();
        System.out.println("replicas are all new after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }
}
