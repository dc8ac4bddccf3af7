package io.claudeflow.swarm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every YAML block of the user documentation applies, one namespace each, and gets a status that tells the truth. */
@ParameterizedClass(name = "{0}")
@MethodSource("places")
record DocumentationIT(Place place) {
    static Stream<Place> places() {
        return Place.all().filter(place -> place.isolation().equals("thread"));
    }

    @Test
    void everyBlockApplies(@TempDir Path folder) {
        var blocks = DocumentationBlocks.all();
        assertEquals(19, blocks.size(), "blocks in the document");
        try (var swarm = new LocalSwarm(place, folder.resolve("data")).up()) {
            for (var block : blocks) {
                if (block.yaml().contains("kind: Deployment") || block.yaml().contains("kind: \"Deployment\"")) {
                    swarm.kubectlWithInput(block.yaml(), "apply", "--server-side", "--force-conflicts", "-f", "-").ok();
                    continue;
                }
                var namespace = "block-" + block.number();
                swarm.kubectl("create", "namespace", namespace).ok();
                swarm.kubectl("label", "namespace", namespace, "of=documentation").ok();
                swarm.kubectlWithInput(block.yaml(), "-n", namespace, "apply", "-f", "-").ok();
                var kinds = "swarmclusters,swarmagents,swarmtasks,swarmmemories";
                if (block.yaml().contains("swarm.claudeflow.io")) {
                    Awaitility.await(block.toString())
                            .atMost(Duration.ofSeconds(60))
                            .pollInterval(Duration.ofMillis(300))
                            .untilAsserted(() -> {
                                var conditions = swarm.kubectl("-n", namespace, "get", kinds, "-o",
                                        "jsonpath={.items[*].status.conditions[*].type}").ok().out();
                                assertTrue(!conditions.isBlank(), () -> block + " has no condition yet");
                            });
                }
                swarm.kubectl("delete", "namespace", namespace, "--wait=false").ok();
            }
            swarm.kubectl("wait", "--for=delete", "namespaces", "-l", "of=documentation", "--timeout=120s").ok();
        }
    }
}
