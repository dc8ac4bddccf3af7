package io.claudeflow.swarm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of a hive-mind replica, an agent and the mesh operator in the middle of 200 tasks: each ran at least once and has
 * exactly one result; none is lost.
 */
class KillIT {
    private static final int TASKS = 200;

    @Test
    void everyTaskHasExactlyOneResult(@TempDir Path folder) throws Exception {
        var place = new Place(Place.realBinaries().isPresent() ? "kube-apiserver" : "embedded", "process");
        var runs = Files.createDirectories(folder.resolve("runs"));
        try (var swarm = new LocalSwarm(place, folder.resolve("data")).up("examples/hivemind-cluster.yaml")) {
            swarm.kubectlWithInput(tasks(runs), "apply", "-f", "-").ok();
            await(swarm, 20);
            kill(swarm, "component=hivemind", 1);
            await(swarm, 60);
            kill(swarm, "component=agent", 0);
            await(swarm, 100);
            kill(swarm, "component=operator", 0);
            await(swarm, TASKS);

            int seen = 0;
            for (var task : tasksOf(swarm)) {
                var name = task.path("metadata").path("name").asText();
                var status = task.path("status");
                assertEquals("Completed", status.path("phase").asText(), status::toString);
                assertEquals(name.replace("task", "done"), status.path("result").asText(), status::toString);
                assertTrue(!Files.readAllLines(runs.resolve(name)).isEmpty(), () -> name + " ran");
                seen++;
            }
            assertEquals(TASKS, seen);
        }
    }

    private static String tasks(Path runs) {
        return IntStream.range(0, TASKS).mapToObj(i -> """
                ---
                apiVersion: swarm.claudeflow.io/v1alpha1
                kind: SwarmTask
                metadata: {name: task-%1$d}
                spec:
                  task: |
                    echo "$SWARM_AGENT attempt $SWARM_ATTEMPT" >> %2$s/task-%1$d
                    sleep 0.2
                    echo done-%1$d
                """.formatted(i, runs)).reduce("", String::concat);
    }

    private static Iterable<JsonNode> tasksOf(LocalSwarm swarm) throws Exception {
        return new JsonMapper().readTree(swarm.kubectl("get", "swarmtasks", "-o", "json").ok().out()).path("items");
    }

    private static void await(LocalSwarm swarm, int completed) {
        Awaitility.await(completed + " tasks")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    int count = 0;
                    for (var task : tasksOf(swarm)) {
                        count += task.path("status").path("phase").asText().equals("Completed") ? 1 : 0;
                    }
                    return count >= completed;
                });
    }

    /** kill -9 of the process of one pod with that label. */
    private static void kill(LocalSwarm swarm, String label, int index) {
        var uid = swarm.kubectl("get", "pods", "-l", label, "-o", "jsonpath={.items[" + index + "].metadata.uid}")
                .ok()
                .out();
        var victims = ProcessHandle.allProcesses().filter(process -> isPod(process, uid)).toList();
        assertTrue(!victims.isEmpty(), "a process of pod " + uid);
        victims.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean isPod(ProcessHandle process, String uid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "environ"))
                    .contains("POD_UID=" + uid);
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
