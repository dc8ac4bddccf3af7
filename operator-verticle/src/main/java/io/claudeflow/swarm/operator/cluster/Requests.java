package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.ResourcesSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What pods ask for: small enough for a laptop's node, or the table that the user documentation has for production.
 *
 * @param storage of the hive-mind's volume or an agent's workspace; null: none of its own
 */
public record Requests(String cpu, String memory, @Nullable String storage) {
    private static final Requests SMALL_OPERATOR = new Requests("50m", "192Mi", null);
    private static final Requests SMALL_HIVEMIND = new Requests("100m", "384Mi", "1Gi");
    private static final Requests SMALL_AGENT = new Requests("50m", "128Mi", null);

    private static final Requests OPERATOR = new Requests("500m", "512Mi", null);
    private static final Requests HIVEMIND = new Requests("1", "2Gi", "10Gi");
    private static final Requests AGENT = new Requests("500m", "1Gi", null);
    private static final Map<String, Requests> AGENTS = Map.of(Crew.COORDINATOR, AGENT, "coder",
            new Requests("2", "4Gi", "10Gi"), "analyst", new Requests("4", "8Gi", "20Gi"), "optimizer",
            new Requests("2", "4Gi", null));

    public static Requests operator(SwarmClusterSpec spec) {
        return production(spec) ? OPERATOR : SMALL_OPERATOR;
    }

    public static Requests hivemind(SwarmClusterSpec spec) {
        return production(spec) ? HIVEMIND : SMALL_HIVEMIND;
    }

    public static Requests agent(SwarmClusterSpec spec, String type) {
        return production(spec) ? AGENTS.getOrDefault(type, AGENT) : SMALL_AGENT;
    }

    /** As requests, without limits. */
    public ResourceRequirements requirements() {
        return new ResourceRequirementsBuilder().addToRequests("cpu", new Quantity(cpu))
                .addToRequests("memory", new Quantity(memory))
                .build();
    }

    /** As an agent's spec has them. */
    public ResourcesSpec spec() {
        return new ResourcesSpec(new Quantity(cpu), new Quantity(memory), null);
    }

    private static boolean production(SwarmClusterSpec spec) {
        return spec.resourceProfile() == SwarmClusterSpec.ResourceProfile.PRODUCTION;
    }
}
