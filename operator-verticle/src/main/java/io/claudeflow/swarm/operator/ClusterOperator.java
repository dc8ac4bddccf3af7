package io.claudeflow.swarm.operator;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.adapter.kube.Announcer;
import io.claudeflow.swarm.operator.adapter.kube.ApiServer;
import io.claudeflow.swarm.operator.adapter.kube.Controllers;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.agent.UnresolvedAgents;
import io.claudeflow.swarm.operator.cluster.SwarmClusterReconciler;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.memory.UnresolvedMemories;
import io.claudeflow.swarm.operator.task.UnresolvedTasks;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** The cluster operator's controllers: SwarmClusters, and of the other kinds what nobody has taken. */
final class ClusterOperator {
    private final Announcer announcer;
    private final Controllers controllers;
    private final PrimaryView<SwarmAgent> agents = new PrimaryView<>(SwarmAgent.class,
            agent -> agent.getStatus() == null ? "" : String.valueOf(agent.getStatus().clusterUid()));

    ClusterOperator(OperatorSettings settings, ApiServer api, ThreadFactory threads, Consumer<Throwable> lost) {
        var clock = Clock.systemUTC();
        var clusters = new PrimaryView<>(SwarmCluster.class, _ -> "");
        this.announcer = new Announcer(api.client(), Labels.CLUSTER_OPERATOR, settings.podName(), threads);
        this.controllers = new Controllers(api.client(), Labels.CLUSTER_OPERATOR, settings.namespace(), threads, lost)
                .add(new SwarmClusterReconciler(settings.images(), settings.meshReplicas(), settings.podNamespace(),
                        clusters, agents, announcer, clock))
                .add(new UnresolvedAgents(clusters, agents, clock))
                .add(new UnresolvedTasks(clusters, clock))
                .add(new UnresolvedMemories(clusters, clock));
    }

    /** Blocks until every cache is complete. */
    void start() {
        controllers.start();
    }

    /** Blocks until the reconciliations under way are done. */
    void stop() {
        controllers.stop();
        announcer.close();
    }

    boolean healthy() {
        return controllers.healthy();
    }

    List<SwarmAgent> agents() {
        return agents.complete() ? agents.list() : List.of();
    }
}
