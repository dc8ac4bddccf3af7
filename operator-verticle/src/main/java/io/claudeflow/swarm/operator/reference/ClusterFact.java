package io.claudeflow.swarm.operator.reference;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;

/** What has to be known of a SwarmCluster to say whose a resource is. */
public record ClusterFact(String namespace, String name, String uid, boolean ending) {
    public static ClusterFact of(SwarmCluster cluster) {
        var meta = cluster.getMetadata();
        return new ClusterFact(meta.getNamespace(), meta.getName(), meta.getUid(), cluster.isMarkedForDeletion());
    }
}
