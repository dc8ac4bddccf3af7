package io.claudeflow.swarm.cli.live;

import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import java.util.Map;

/**
 * When a SwarmCluster is ready since this start. A status that survived from the run before says True too early, so a cluster
 * that was there at the start must have had an election since.
 *
 * @param termsAtStart Raft term of each cluster ({@code namespace/name}) as it was when the API server began to serve
 */
public record Readiness(Map<String, Long> termsAtStart) {
    public Readiness {
        termsAtStart = Map.copyOf(termsAtStart);
    }

    /** Whether hive-mind and agents are there, for the spec that the cluster has now. */
    public boolean ready(KubeObject cluster) {
        var before = termsAtStart.get(cluster.namespace() + "/" + cluster.name());
        boolean fresh = before == null || term(cluster) > before;
        return fresh && cluster.holds("Ready") && cluster.holds("HiveMindReady") && cluster.holds("AgentsReady");
    }

    /** The term of a cluster's hive-mind; 0 before the first election. */
    public static long term(KubeObject cluster) {
        return cluster.number("status.mesh.term", 0);
    }
}
