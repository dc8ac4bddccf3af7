package io.claudeflow.swarm.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** One SwarmTask flows kubectl -> operator -> hive-mind -> agent -> status, by one command; and what a newcomer types next. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.claudeflow.swarm.e2e.Place#all")
record WalkingSkeletonIT(Place place) {

    @Test
    void aTaskIsDoneByAnAgentAndItsStatusTellsTheTruth(@TempDir Path folder) {
        try (var swarm = new LocalSwarm(place, folder.resolve("data")).up("examples/minimal-cluster.yaml")) {
            swarm.kubectl("apply", "-f", "examples/word-count-task.yaml").ok();
            swarm.kubectl("wait", "--for=condition=Complete", "swarmtask/word-count", "--timeout=30s").ok();

            var status = swarm.object("swarmtask", "word-count", "default").path("status");
            var agent = status.path("assignedAgents").path(0).asText();
            assertAll(() -> assertEquals("Completed", status.path("phase").asText()),
                    () -> assertTrue(status.path("result").asText().contains("words="), status::toString),
                    () -> assertEquals(0, status.path("exitCode").asInt(-1)),
                    () -> assertEquals(1, status.path("attempts").asInt()),
                    () -> assertTrue(status.path("duration").asText().matches("[0-9].*s"), status::toString),
                    () -> assertTrue(swarm.kubectl("logs", agent).ok().out().contains("words=")));
            assertTrue(swarm.kubectl("describe", "swarmtask", "word-count").ok().out().contains("Assigned"));
            theLedgerIsReachedByCurl(swarm);
        }
    }

    /** As docs/tasks.md has it. */
    private static void theLedgerIsReachedByCurl(LocalSwarm swarm) {
        var answers = swarm.bash(ShellBlock.under("docs/tasks.md", "Tasks over HTTP")).ok().out();
        assertAll(() -> assertTrue(answers.contains("\"phase\":\"Completed\""), answers),
                () -> assertTrue(answers.contains("\"result\":\"hello\""), answers),
                () -> assertTrue(answers.contains("\"phase\":\"Cancelled\""), answers));
    }

    @Test
    void theResearchSwarmAnswersWhatANewcomerTypes(@TempDir Path folder) {
        try (var swarm = new LocalSwarm(place, folder.resolve("data")).up("examples/hivemind-cluster.yaml")) {
            swarm.kubectl("wait", "--for=condition=Ready", "swarmcluster/research-swarm", "--timeout=30s").ok();
            var hivemind = swarm.kubectl("get", "pods", "-l", "component=hivemind").ok().out();
            assertEquals(3, Arrays.stream(hivemind.split("\n")).filter(line -> line.contains("Running")).count(),
                    hivemind);
            swarm.kubectl("get", "swarmclusters,swarmagents,swarmtasks,swarmmemories").ok();
            assertTrue(swarm.kubectl("explain", "swarmcluster.spec.hiveMind").ok().out().contains("databaseSize"));
            assertTrue(swarm.kubectl("logs", "research-swarm-coordinator-0").ok().out().contains("hivemind"));
            swarm.kubectl("-n", "swarm-system", "logs", "deployment/swarm-operator").ok();

            swarm.kubectl("scale", "swarmcluster/research-swarm", "--replicas=5").ok();
            swarm.kubectl("wait", "--for=jsonpath={.status.replicas}=5", "swarmcluster/research-swarm", "--timeout=30s")
                    .ok();
            swarm.kubectl("wait", "--for=condition=Ready", "swarmcluster/research-swarm", "--timeout=30s").ok();
            var described = swarm.kubectl("describe", "swarmcluster", "research-swarm").ok().out();
            assertTrue(described.contains("NotAvailable") && described.contains("Events:"), described);

            swarm.kubectl("delete", "swarmcluster", "research-swarm", "--timeout=60s").ok();
            swarm.kubectl("wait", "--for=delete", "pods", "-l", "component=agent", "--timeout=60s").ok();
        }
    }
}
