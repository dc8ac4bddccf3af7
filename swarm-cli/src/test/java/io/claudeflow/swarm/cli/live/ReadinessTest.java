package io.claudeflow.swarm.cli.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static KubeObject cluster(long term, String agentsReady, int observed) throws JsonProcessingException {
        return new KubeObject(new ObjectMapper().readTree(
                """
                        {"metadata":{"name":"a","namespace":"n","generation":2},
                         "status":{"phase":"Ready","observedGeneration":%d,"mesh":{"term":%d},"agents":{"connected":3},"conditions":[
                          {"type":"Ready","status":"True","reason":"AllReady","message":"all is well"},
                          {"type":"HiveMindReady","status":"True"},{"type":"AgentsReady","status":"%s"}]}}"""
                        .formatted(observed, term, agentsReady)));
    }

    @Test
    void aNewClusterIsReadyWhenItSaysSo() throws JsonProcessingException {
        var readiness = new Readiness(Map.of());
        assertTrue(readiness.ready(cluster(1, "True", 2)));
        assertFalse(readiness.ready(cluster(1, "False", 2)));
        assertFalse(readiness.ready(cluster(1, "True", 1)), "its status is about an older spec");
    }

    @Test
    void whatTheRunBeforeLeftDoesNotCount() throws JsonProcessingException {
        var readiness = new Readiness(Map.of("n/a", 4L));
        assertFalse(readiness.ready(cluster(4, "True", 2)));
        assertTrue(readiness.ready(cluster(5, "True", 2)));
        assertEquals(new BoardRow("swarmcluster", "n/a", "Starting", "3 agents"),
                BoardRow.cluster(cluster(4, "True", 2), readiness));
    }

    @Test
    void theBoardFitsTheTerminal() {
        var rows = List.of(new BoardRow("swarmcluster", "n/a", "Starting", "a sentence that is far too long for this"),
                new BoardRow("pod", "n/a-0", "Ready", ""), new BoardRow("pod", "n/a-1", "Ready", ""),
                new BoardRow("pod", "n/a-2", "Ready", ""));
        var lines = BoardView.table(rows, Duration.ofMillis(1_200), 5, 60, false);
        assertEquals(List.of("KIND           NAME    STATE      DETAIL  1.2 s",
                "swarmcluster   n/a     Starting   a sentence that is far t…", "pod            n/a-0   Ready",
                "… and 2 more"),
                lines);
    }
}
