package io.claudeflow.swarm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every YAML block of the user documentation applies, one namespace each, and gets a status that tells the truth. */
@ParameterizedClass(name = "{0}")
@MethodSource("places")
record DocumentationIT(Place place) {
    static java.util.stream.Stream<Place> places() {
        return Place.all().filter(place -> place.isolation().equals("thread"));
    }

    @Test
    void everyBlockApplies(@TempDir Path folder) {
        var blocks = DocumentationBlocks.all();
        assertEquals(19, blocks.size(), "blocks in the document");
        try (var swarm = new LocalSwarm(place, folder.resolve("data")).up()) {
            for (var block : blocks) {
                var namespace = "block-" + block.number();
                swarm.kubectl("create", "namespace", namespace).ok();
                if (block.yaml().contains("kind: Deployment") || block.yaml().contains("kind: \"Deployment\"")) {
                    swarm.kubectlWithInput(block.yaml(), "apply", "--server-side", "--force-conflicts", "-f", "-").ok();
                    continue;
                }
                swarm.kubectlWithInput(block.yaml(), "-n", namespace, "apply", "-f", "-").ok();
                var kinds = "swarmclusters,swarmagents,swarmtasks,swarmmemories";
                if (block.yaml().contains("swarm.claudeflow.io")) {
                    Awaitility.await(block.toString()).atMost(java.time.Duration.ofSeconds(60)).untilAsserted(() -> {
                        var conditions = swarm.kubectl("-n", namespace, "get", kinds, "-o",
                                "jsonpath={.items[*].status.conditions[*].type}").ok().out();
                        assertTrue(!conditions.isBlank(), () -> block + " has no condition yet");
                    });
                }
                swarm.kubectl("delete", "namespace", namespace, "--timeout=60s").ok();
            }
        }
    }
}
