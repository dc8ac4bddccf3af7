package io.claudeflow.swarm.operator.agent;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.agent.SwarmAgentStatus;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.reference.UnresolvedReconciler;
import java.time.Clock;

/** What the cluster operator does with SwarmAgents that nobody has taken, or whose swarm is gone. */
public final class UnresolvedAgents extends UnresolvedReconciler<SwarmAgent, SwarmAgentStatus> {
    /** A reconciler that also fills {@code view} for the SwarmClusters' controller. */
    public UnresolvedAgents(PrimaryView<SwarmCluster> clusters, PrimaryView<SwarmAgent> view, Clock clock) {
        super(new AgentBinding(), clusters, view, clock);
    }
}
