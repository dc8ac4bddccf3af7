package io.claudeflow.swarm.hivemind;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.metrics.FamilyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HivemindMetricsTest {
    @Test
    void theDocumentationHasTheTableOfItsMetrics() throws IOException {
        var table = FamilyTable.markdown(HivemindMetrics.FAMILIES);
        assertTrue(Files.readString(Path.of("../docs/observability.md")).contains(table),
                () -> "docs/observability.md is to have this table:\n" + table);
    }
}
