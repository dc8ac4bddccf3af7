package io.claudeflow.swarm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documentation's long running task, with a short sleep for its work and nothing else changed, killed three times on the way:
 * it finishes, and no step before the last checkpoint runs twice.
 */
class LongRunningIT {
    private static final String TASK = "long-running-analysis";
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @MethodSource
    void finishesThroughThreeKills(Place place, @TempDir Path folder) throws Exception {
        var yaml = Files.readString(LocalSwarm.REPOSITORY.resolve("examples/long-running-analysis-task.yaml"))
                .replace("# Do work...", "sleep 0.02");
        try (var swarm = new LocalSwarm(place, folder.resolve("data")).up("examples/hivemind-cluster.yaml")) {
            swarm.kubectlWithInput(yaml, "apply", "-f", "-").ok();
            var checkpoint = volume(swarm, TASK + "-checkpoint");
            for (int kill = 1; kill <= 3; kill++) {
                int attempt = kill;
                var steps = new Steps(checkpoint.resolve("state.json"));
                await("attempt " + attempt + " has taken a checkpoint", () -> {
                    steps.look();
                    return status(swarm).path("attempts").asInt() == attempt && steps.seen.size() > 20
                            && Files.exists(checkpoint.resolve(".swarm-checkpoint"));
                });
                int kept = kept(checkpoint);
                swarm.kubectl("delete", "pod", "-l", "component=job", "--force", "--grace-period=0").ok();
                await("attempt " + (attempt + 1) + " runs", () -> status(swarm).path("attempts").asInt() > attempt);
                var again = new Steps(checkpoint.resolve("state.json"));
                int last = again.look();
                await("it goes on", () -> again.look() > last);
                assertTrue(again.seen.stream().allMatch(step -> step >= kept),
                        () -> "steps " + again.seen + " ran, and the checkpoint has " + kept);
            }
            swarm.kubectl("wait", "--for=condition=Complete", "swarmtask/" + TASK, "--timeout=90s").ok();
            var status = status(swarm);
            assertEquals(1000, step(checkpoint.resolve("state.json")));
            assertEquals(4, status.path("attempts").asInt(), status::toString);
            assertEquals(3, status.path("resumeCount").asInt(), status::toString);
            assertTrue(status.path("checkpoint").path("number").asInt() > 0, status::toString);
            assertTrue(status.has("lostWork"), status::toString);
            var events = swarm.kubectl("get", "events", "-o", "jsonpath={.items[*].reason}").ok().out();
            for (var reason : List.of("JobCreated", "Checkpointed", "Resumed", "Retrying", "Completed")) {
                assertTrue(events.contains(reason), () -> reason + " is not among " + events);
            }
        }
    }

    static List<Place> finishesThroughThreeKills() {
        return List.of(
                new Place(Place.realBinaries().isPresent() ? "kube-apiserver" : "embedded", "process"));
    }

    /** Steps of the task as its state file shows them. */
    private static final class Steps {
        private final Path file;
        final List<Integer> seen = new ArrayList<>();

        Steps(Path file) {
            this.file = file;
        }

        int look() throws IOException {
            int step = step(file);
            if (step > 0 && (seen.isEmpty() || seen.getLast() != step)) {
                seen.add(step);
            }
            return step;
        }
    }

    /** 0 while the file is not there or is just being written. */
    private static int step(Path file) throws IOException {
        return Files.exists(file) ? JSON.readTree(Files.readString(file) + " ").path("step").asInt() : 0;
    }

    /** The step that the last checkpoint kept. */
    private static int kept(Path volume) throws IOException {
        try (var files = Files.walk(volume.resolve(".swarm-checkpoint"))) {
            int most = 0;
            for (var file : files.filter(path -> path.endsWith("state.json")).toList()) {
                most = Math.max(most, step(file));
            }
            return most;
        }
    }

    private static Path volume(LocalSwarm swarm, String claim) {
        await("the claim " + claim + " is bound", () -> !swarm
                .kubectl("get", "pvc", claim, "--ignore-not-found", "-o", "jsonpath={.spec.volumeName}")
                .ok()
                .out()
                .isBlank());
        var name = swarm.kubectl("get", "pvc", claim, "-o", "jsonpath={.spec.volumeName}").ok().out();
        return Path.of(swarm.kubectl("get", "pv", name, "-o", "jsonpath={.spec.hostPath.path}{.spec.local.path}")
                .ok()
                .out());
    }

    private static JsonNode status(LocalSwarm swarm) {
        return swarm.object("swarmtask", TASK, "default").path("status");
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5)).until(condition);
    }
}
