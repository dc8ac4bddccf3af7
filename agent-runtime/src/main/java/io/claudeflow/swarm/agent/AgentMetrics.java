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
    static final List<Family> FAMILIES = List.of(CONNECTED, RUNNING);

    private AgentMetrics() {}

    static Metrics of(AgentSession session) {
        var metrics = new Metrics(FAMILIES);
        metrics.read(CONNECTED, () -> Map.of(List.of(), session.connected() ? 1.0 : 0.0));
        metrics.read(RUNNING, () -> Map.of(List.of(), (double) session.runningSteps()));
        return metrics;
    }
}
