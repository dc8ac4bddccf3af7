package io.claudeflow.swarm.operator.memory;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmMemory;
import io.claudeflow.swarm.api.v1alpha1.memory.SwarmMemoryStatus;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.reference.UnresolvedReconciler;
import java.time.Clock;

/** What the cluster operator does with SwarmMemories that nobody has taken, or whose swarm is gone. */
public final class UnresolvedMemories extends UnresolvedReconciler<SwarmMemory, SwarmMemoryStatus> {
    public UnresolvedMemories(PrimaryView<SwarmCluster> clusters, Clock clock) {
        super(new MemoryBinding(), clusters, null, clock);
    }
}
