package io.claudeflow.swarm.agent;

import io.claudeflow.swarm.agent.session.AgentSession;
import io.claudeflow.swarm.kit.metrics.Family;
import io.claudeflow.swarm.kit.metrics.Metrics;
import java.util.List;
import java.util.Map;

/** What an agent counts. */
final class AgentMetrics {
    private static final Family CONNECTED = Family.gauge("swarm_agent_connected", "1",
            "1 while the hive-mind hears the agent, else 0.");
    private static final Family RUNNING = Family.gauge("swarm_agent_steps_running", "1",
            "Steps that run at the moment.");
    private static final Family CHECKPOINTS = Family.counter("swarm_agent_checkpoints_total", "checkpoints",
            "Checkpoints of steps: taken, when the ledger has it; failed, when its files could not be copied.",
            "outcome");
    private static final Family SUBMITTED = Family.counter("swarm_agent_submitted_tasks_total", "tasks",
            "Tasks that scripts have handed to the swarm.");
    static final List<Family> FAMILIES = List.of(CONNECTED, RUNNING, CHECKPOINTS, SUBMITTED);

    private AgentMetrics() {}

    static Metrics of(AgentSession session) {
        var metrics = new Metrics(FAMILIES);
        metrics.read(CONNECTED, () -> Map.of(List.of(), session.connected() ? 1.0 : 0.0));
        metrics.read(RUNNING, () -> Map.of(List.of(), (double) session.runningSteps()));
        var counts = session.counts();
        metrics.read(CHECKPOINTS, () -> Map.of(List.of("taken"), (double) counts.checkpoints(), List.of("failed"),
                (double) counts.failedCheckpoints()));
        metrics.read(SUBMITTED, () -> Map.of(List.of(), (double) counts.submissions()));
        return metrics;
    }
}
