package io.claudeflow.swarm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is given what work follows from the topology, also when the hub is gone, and when the topology is another one. */
class TopologyIT {
    private static final String GRAPH = """
            apiVersion: swarm.claudeflow.io/v1alpha1
            kind: SwarmTask
            metadata: {name: graph}
            spec:
              subtasks:
              - {name: part, task: echo $SWARM_AGENT, items: [a, b]}
              - {name: whole, task: 'echo by $SWARM_AGENT', dependsOn: [part]}
            """;

    private static String round(String name) {
        return """
                apiVersion: swarm.claudeflow.io/v1alpha1
                kind: SwarmTask
                metadata: {name: %s}
                spec:
                  task: echo $SWARM_RESULT_A $SWARM_RESULT_B $SWARM_RESULT_C $SWARM_RESULT_D
                  subtasks:
                  - {name: a, task: echo $SWARM_AGENT}
                  - {name: b, task: echo $SWARM_AGENT}
                  - {name: c, task: echo $SWARM_AGENT}
                  - {name: d, task: echo $SWARM_AGENT}
                """.formatted(name);
    }

    /** Five tasks at once, for whoever is given them, and one of the hub's own. */
    private static String tasks(String name) {
        return IntStream.range(0, 5).mapToObj(n -> task(name + "-" + n, "")).collect(Collectors.joining())
                + task(name + "-own", "agentSelector: {name: hub}");
    }

    private static String task(String name, String wish) {
        return """
                ---
                apiVersion: swarm.claudeflow.io/v1alpha1
                kind: SwarmTask
                metadata: {name: %s}
                spec:
                  task: |
                    sleep 0.5
                    echo $SWARM_AGENT
                  %s
                """.formatted(name, wish);
    }

    @Test
    void inAStarTheHubIsGivenOnlyWhatNoSpokeMayDo(@TempDir Path folder) throws Exception {
        var place = new Place("embedded", "process");
        try (var swarm = new LocalSwarm(place, folder.resolve("data")).up("examples/star-cluster.yaml")) {
            await("a queen of three", () -> queen(swarm).equals("hub") && agents(swarm).pods().size() == 3
                    && agents(swarm).ready());

            assertEquals(Set.of("deputy", "spoke"), doers(swarm, "star"));
            assertEquals("hub", doer(swarm, "star-own"));
            swarm.kubectlWithInput(GRAPH, "create", "-f", "-").ok();
            assertTrue(doer(swarm, "graph").equals("by hub"), () -> result(swarm, "graph"));

            var hub = agents(swarm).named("hub");
            hub.freeze();
            long begin = System.nanoTime();
            await("another hub", () -> queen(swarm).equals("deputy"));
            System.out.printf("another hub after %.2f s%n", (System.nanoTime() - begin) / 1e9);
            assertEquals(Set.of("spoke"), doers(swarm, "deputy"));
            hub.thaw();
            await("the hub again", () -> queen(swarm).equals("hub"));
            assertEquals("hub", doer(swarm, "deputy-own"), "it waited for the hub");

            swarm.kubectlWithInput(tasks("kept"), "create", "-f", "-").ok();
            swarm.kubectl("patch", "swarmcluster", "places", "--type=merge", "-p", "{\"spec\":{\"topology\":\"mesh\"}}")
                    .ok();
            assertTrue(ended(swarm, "kept").contains("spoke"));
            await("a mesh", () -> doers(swarm, "mesh-" + System.nanoTime()).contains("hub"));
        }
    }

    @Test
    void inARingEachStepIsTheNextMembers(@TempDir Path folder) throws Exception {
        try (var swarm = new LocalSwarm(new Place("embedded", "thread"), folder.resolve("data"))
                .up("examples/ring-cluster.yaml")) {
            await("a ring of three", () -> walk(swarm, "early-" + System.nanoTime()).contains("executor reviewer"));
            assertEquals("planner executor reviewer planner", walk(swarm, "whole"));
            swarm.kubectl("delete", "swarmagent", "executor").ok();
            assertEquals("planner reviewer planner reviewer", walk(swarm, "repaired"));
        }
    }

    private static String walk(LocalSwarm swarm, String name) {
        swarm.kubectlWithInput(round(name), "create", "-f", "-").ok();
        return doer(swarm, name);
    }

    private static MeshPods agents(LocalSwarm swarm) {
        return MeshPods.of(swarm, "component=agent");
    }

    private static String queen(LocalSwarm swarm) {
        return swarm.object("swarmcluster", "places", "default").path("status").path("mesh").path("queen").asText();
    }

    /** The agents that did the tasks for whoever is given them. */
    private static Set<String> doers(LocalSwarm swarm, String name) {
        swarm.kubectlWithInput(tasks(name), "create", "-f", "-").ok();
        return ended(swarm, name);
    }

    private static Set<String> ended(LocalSwarm swarm, String name) {
        await("the ends of " + name,
                () -> IntStream.range(0, 5).noneMatch(n -> result(swarm, name + "-" + n).isEmpty()));
        return IntStream.range(0, 5).mapToObj(n -> result(swarm, name + "-" + n)).collect(Collectors.toSet());
    }

    private static String doer(LocalSwarm swarm, String task) {
        await("the end of " + task, () -> !result(swarm, task).isEmpty());
        return result(swarm, task);
    }

    private static String result(LocalSwarm swarm, String name) {
        return StreamSupport.stream(swarm.tasks().spliterator(), false)
                .filter(task -> task.path("metadata").path("name").asText().equals(name))
                .findFirst()
                .map(task -> task.path("status").path("result").asText())
                .orElse("");
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(300)).until(condition);
    }
}
