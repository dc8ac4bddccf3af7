package io.claudeflow.swarm.operator.task;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.reference.UnresolvedReconciler;
import java.time.Clock;

/** What the cluster operator does with SwarmTasks that nobody has taken, or whose swarm is gone. */
public final class UnresolvedTasks extends UnresolvedReconciler<SwarmTask, SwarmTaskStatus> {
    public UnresolvedTasks(PrimaryView<SwarmCluster> clusters, Clock clock) {
        super(new TaskBinding(), clusters, null, clock);
    }
}
