package io.claudeflow.swarm.operator;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.kit.metrics.Family;
import io.claudeflow.swarm.kit.metrics.Metrics;
import io.claudeflow.swarm.operator.identity.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Every family that the operators serve. */
public final class OperatorMetrics {
    static final Family AGENTS = Family.gauge("swarm_agents_total", "agents", "Agents by swarm, type and status.",
            "namespace", "cluster", "type", "status");
    static final Family WRITES = Family.counter("swarm_operator_api_writes_total", "requests",
            "Requests to the API server that change something, renewals of Leases left out.");
    static final Family LEADING = Family.gauge("swarm_operator_leading", "1", "1 while this replica holds its Lease.");

    /** In the order of the documentation's table. */
    public static final List<Family> FAMILIES = List.of(AGENTS, WRITES, LEADING);

    private OperatorMetrics() {}

    static void writes(Metrics metrics, Supplier<Long> writes) {
        metrics.read(WRITES, () -> Map.of(List.of(), (double) writes.get()));
    }

    static void leading(Metrics metrics, BooleanSupplier leading) {
        metrics.read(LEADING, () -> Map.of(List.of(), leading.getAsBoolean() ? 1.0 : 0.0));
    }

    static void agents(Metrics metrics, Supplier<List<SwarmAgent>> agents) {
        metrics.read(AGENTS, () -> {
            var counts = new HashMap<List<String>, Double>();
            agents.get().forEach(agent -> counts.merge(labels(agent), 1.0, Double::sum));
            return counts;
        });
    }

    private static List<String> labels(SwarmAgent agent) {
        var meta = agent.getMetadata();
        var labels = meta.getLabels() == null ? Map.<String, String>of() : meta.getLabels();
        var named = agent.getSpec().clusterRef();
        var cluster = labels.getOrDefault(Labels.CLUSTER, named == null ? "" : named);
        var phase = agent.getStatus() == null ? null : agent.getStatus().phase();
        return List.of(meta.getNamespace(), cluster, agent.getSpec().type(),
                phase == null ? "pending" : phase.name().toLowerCase(Locale.ROOT));
    }
}
