package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.identity.ClusterNames;
import io.claudeflow.swarm.operator.reference.ClusterFact;

/** The SwarmCluster that a mesh operator works for. Another one of the same name is not it. */
public record SwarmId(String namespace, String cluster, String clusterUid) {
    public boolean is(ClusterFact fact) {
        return fact.uid().equals(clusterUid);
    }

    public boolean is(SwarmCluster other) {
        return clusterUid.equals(other.getMetadata().getUid());
    }

    public ClusterNames names() {
        return new ClusterNames(namespace, cluster);
    }
}
