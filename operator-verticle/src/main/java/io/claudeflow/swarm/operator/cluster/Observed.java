package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What exists of a SwarmCluster, as the caches have it.
 *
 * @param agents all SwarmAgents of the namespace, whoever made them
 */
public record Observed(@Nullable StatefulSet hivemind, @Nullable ConfigMap group, @Nullable Deployment operator,
        List<SwarmAgent> agents) {
    /** Nothing yet. */
    public static final Observed NOTHING = new Observed(null, null, null, List.of());

    public Observed {
        agents = List.copyOf(agents);
    }

    /** Whether a pod of the mesh operator runs. */
    public boolean meshOperatorReady() {
        if (operator == null || operator.getStatus() == null) {
            return false;
        }
        var ready = operator.getStatus().getReadyReplicas();
        return ready != null && ready > 0;
    }
}
