package io.claudeflow.swarm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs of subtasks, suspension and deadlines, by kubectl on a local swarm. */
class WorkflowIT {
    @TempDir
    private static Path folder = Path.of("");
    private static LocalSwarm swarm = new LocalSwarm(new Place("embedded", "thread"), folder);

    @BeforeAll
    static void up() {
        swarm = new LocalSwarm(new Place("embedded", "thread"), folder.resolve("data"))
                .up("examples/hivemind-cluster.yaml");
    }

    @AfterAll
    static void down() {
        swarm.close();
    }

    private static void apply(String name, String spec) {
        swarm.kubectlWithInput("""
                apiVersion: swarm.claudeflow.io/v1alpha1
                kind: SwarmTask
                metadata: {name: %s}
                spec:
                %s""".formatted(name, spec.indent(2)), "apply", "-f", "-").ok();
    }

    private static JsonNode status(String name) {
        return swarm.object("swarmtask", name, "default").path("status");
    }

    private static void ended(String name, String condition) {
        swarm.kubectl("wait", "--for=condition=" + condition, "swarmtask/" + name, "--timeout=60s").ok();
    }

    @Test
    void theExamplesGraphFansOutDecidesAndSumsUp() {
        swarm.kubectl("apply", "-f", "examples/digest-workflow-task.yaml").ok();
        ended("digest", "Complete");
        var status = status("digest");
        assertEquals("9 words, checked", status.path("result").asText(), status::toString);
        assertEquals("3/3", status.path("subtasks").path(0).path("done").asText());
        assertEquals("Skipped", status.path("subtasks").path(3).path("phase").asText());
        var drawn = swarm.swarm("task", "graph", "digest", "--data-dir", swarm.dataDirectory().toString()).ok().out();
        assertTrue(drawn.contains("3/3 items") && drawn.contains(":::skipped"), drawn);
    }

    @Test
    void aFailureAnUnknownNameAndACycleSaySo() {
        apply("broken",
                "subtasks: [{name: a, task: exit 3}, {name: b, task: echo b, dependsOn: [a]}]\nretries: {limit: 0}");
        ended("broken", "Failed");
        assertTrue(status("broken").path("message").asText().startsWith("subtask a failed: ended with exit code 3"));
        apply("circle", "subtasks: [{name: a, task: x, dependsOn: [b]}, {name: b, task: x, dependsOn: [a]}]");
        ended("circle", "Failed");
        assertEquals("subtasks depend on one another: a -> b -> a", status("circle").path("message").asText());
        var refused = swarm.kubectlWithInput("""
                apiVersion: swarm.claudeflow.io/v1alpha1
                kind: SwarmTask
                metadata: {name: unknown}
                spec: {subtasks: [{name: a, task: x, dependsOn: [nobody]}]}
                """, "apply", "-f", "-");
        assertEquals(1, refused.exit());
        assertTrue(refused.err().contains("dependsOn may only name subtasks of the same task"), refused::err);
    }

    @Test
    void suspendAndDeadline() {
        apply("paused", "suspend: true\ntask: sleep 600");
        phase("paused", "Suspended");
        swarm.kubectl("patch", "swarmtask", "paused", "--type=merge", "-p", "{\"spec\":{\"suspend\":false}}").ok();
        phase("paused", "Running");
        swarm.kubectl("patch", "swarmtask", "paused", "--type=merge", "-p", "{\"spec\":{\"suspend\":true}}").ok();
        phase("paused", "Suspended");
        swarm.kubectl("patch", "swarmtask", "paused", "--type=merge", "-p", "{\"spec\":{\"cancel\":true}}").ok();
        phase("paused", "Cancelled");
        apply("late", "deadline: 1s\ntask: sleep 600");
        ended("late", "Failed");
        assertTrue(status("late").path("conditions").toString().contains("DeadlineExceeded"));
    }

    private static void phase(String task, String phase) {
        Awaitility.await(task + " is " + phase)
                .atMost(Duration.ofSeconds(30))
                .until(() -> status(task).path("phase").asText().equals(phase));
    }
}
