package io.claudeflow.swarm.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.metrics.FamilyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AgentMetricsTest {
    @Test
    void theDocumentationHasTheTableOfItsMetrics() throws IOException {
        var table = FamilyTable.markdown(AgentMetrics.FAMILIES);
        assertTrue(Files.readString(Path.of("../docs/observability.md")).contains(table),
                () -> "docs/observability.md is to have this table:\n" + table);
    }
}
