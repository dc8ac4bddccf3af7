package io.claudeflow.swarm.kit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Family AGENTS = Family.gauge("swarm_agents_total", "agents", "Agents by type and status.",
            "type",
            "status");
    private static final Family DONE = Family.counter("swarm_tasks_completed_total", "tasks", "Tasks that completed.");
    private static final Family FAILURES = Family.counter("swarm_task_failures", "attempts", "Attempts that failed.",
            "task");
    private static final Family SYNC = Family.histogram("swarm_hivemind_sync_duration", "seconds", "Time of a sync.",
            List.of(0.1, 1.0));

    @AutoClose
    private final Metrics metrics = new Metrics(List.of(AGENTS, DONE, FAILURES, SYNC));

    @Test
    void familiesAreWrittenUnderTheirNamesToTheLetter() {
        metrics.set(AGENTS, 3, "coder", "Ready");
        metrics.set(AGENTS, 1, "coder", "say \"hi\"\n");
        metrics.add(DONE, 2);
        metrics.observe(SYNC, 0.1);
        metrics.observe(SYNC, 7);

        var text = metrics.scrape();

        assertTrue(text.startsWith("""
                # HELP swarm_agents_total Agents by type and status.
                # TYPE swarm_agents_total gauge
                swarm_agents_total{type="coder",status="Ready"} 3.0
                swarm_agents_total{type="coder",status="say \\"hi\\"\\n"} 1.0
                # HELP swarm_tasks_completed_total Tasks that completed.
                # TYPE swarm_tasks_completed_total counter
                swarm_tasks_completed_total 2.0
                # HELP swarm_task_failures Attempts that failed.
                # TYPE swarm_task_failures counter
                # HELP swarm_hivemind_sync_duration Time of a sync.
                # TYPE swarm_hivemind_sync_duration histogram
                swarm_hivemind_sync_duration_bucket{le="0.1"} 1.0
                swarm_hivemind_sync_duration_bucket{le="1.0"} 1.0
                swarm_hivemind_sync_duration_bucket{le="+Inf"} 2.0
                swarm_hivemind_sync_duration_sum 7.1
                swarm_hivemind_sync_duration_count 2.0
                """), text);
        assertTrue(text.contains("\njvm_memory_used_bytes{area=\"heap\""), text);
    }

    @Test
    void aLabelTakesAThousandValuesAndThenOther() {
        for (int i = 0; i < 1_500; i++) {
            metrics.add(FAILURES, 1, "task-" + i);
        }
        metrics.add(FAILURES, 1, "task-3");

        var lines = metrics.scrape().lines().filter(line -> line.startsWith("swarm_task_failures{")).toList();

        assertEquals(1_001, lines.size());
        assertTrue(lines.contains("swarm_task_failures{task=\"other\"} 500.0"), lines.toString());
        assertTrue(lines.contains("swarm_task_failures{task=\"task-3\"} 2.0"), lines.toString());
    }

    @Test
    void aFamilyMayBeReadWhenScraped() {
        metrics.read(AGENTS, () -> Map.of(List.of("coder", "Ready"), 2.0, List.of("analyst", "Ready"), 1.0));

        var lines = metrics.scrape().lines().filter(line -> line.startsWith("swarm_agents_total{")).toList();

        assertEquals(List.of("swarm_agents_total{type=\"analyst\",status=\"Ready\"} 1.0",
                "swarm_agents_total{type=\"coder\",status=\"Ready\"} 2.0"), lines);
    }

    @Test
    void aWrongUseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> metrics.add(FAILURES, 1));
        assertThrows(IllegalArgumentException.class, () -> metrics.set(DONE, 1));
        assertThrows(IllegalArgumentException.class, () -> metrics.observe(DONE, 1));
        assertThrows(IllegalArgumentException.class, () -> metrics.add(SYNC, 1));
        assertThrows(IllegalArgumentException.class, () -> metrics.add(Family.counter("undeclared", "1", "No."), 1));
        assertThrows(IllegalArgumentException.class, () -> new Metrics(List.of(DONE, DONE)));
        assertThrows(IllegalArgumentException.class, () -> Family.gauge("Upper", "1", "No."));
    }

    @Test
    void theTableComesFromTheDeclarations() {
        assertEquals("""
                | name | type | unit | labels | what it says |
                |---|---|---|---|---|
                | `swarm_agents_total` | gauge | agents | `type`, `status` | Agents by type and status. |
                | `swarm_hivemind_sync_duration` | histogram | seconds |  | Time of a sync. |
                """, FamilyTable.markdown(List.of(AGENTS, SYNC)));
    }
}
