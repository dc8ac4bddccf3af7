package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.identity.ClusterNames;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that is to exist for a SwarmCluster, as a pure function of its spec and of what exists.
 *
 * @param mesh         what the swarm's own services need, in the order in which it is to be made
 * @param agents       the SwarmAgents that are to exist
 * @param agentsToGo   names of those that are to go
 * @param agentsWanted what {@code spec.replicas} says, or is about to say
 */
public record ClusterObjects(List<HasMetadata> mesh, List<HasMetadata> agents, List<String> agentsToGo,
        int agentsWanted) {
    public ClusterObjects {
        mesh = List.copyOf(mesh);
        agents = List.copyOf(agents);
        agentsToGo = List.copyOf(agentsToGo);
    }

    /**
     * What is to exist. Two things cannot be had from a spec, and are not here: the peer Secret's random token, and a Secret's
     * or a Pod's absence.
     *
     * @param meshReplicas replicas of the mesh operator
     */
    public static ClusterObjects desired(SwarmCluster cluster, Observed observed, Images images, int meshReplicas) {
        var names = new ClusterNames(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
        var group = Group.desired(cluster, observed.group());
        var mesh = new ArrayList<HasMetadata>(new AccessObjects(cluster, names).desired());
        mesh.addAll(new MeshOperatorObjects(cluster, names, images, meshReplicas).desired());
        mesh.addAll(new HivemindObjects(cluster, names, images, group).desired(observed));
        int wanted = wanted(cluster);
        var plan = AgentPlan.of(names, Crew.of(cluster.getSpec(), wanted), made(cluster, observed),
                observed.agents()
                        .stream()
                        .filter(agent -> !former(cluster, agent))
                        .map(agent -> agent.getMetadata().getName())
                        .collect(Collectors.toUnmodifiableSet()));
        return new ClusterObjects(mesh,
                plan.keep().stream().map(agent -> AgentObjects.desired(cluster, agent)).toList(), plan.remove(),
                wanted);
    }

    /** An agent of an earlier cluster of the same name: its name is free as soon as it is gone. */
    private static boolean former(SwarmCluster cluster, SwarmAgent agent) {
        return agent.getMetadata()
                .getOwnerReferences()
                .stream()
                .anyMatch(owner -> owner.getKind().equals(cluster.getKind())
                        && owner.getName().equals(cluster.getMetadata().getName())
                        && !owner.getUid().equals(cluster.getMetadata().getUid()));
    }

    /** Agents wanted. */
    static int wanted(SwarmCluster cluster) {
        var replicas = cluster.getSpec().replicas();
        return replicas == null ? Crew.defaultSize(cluster.getSpec()) : replicas;
    }

    /** The cluster's own agents that are not ending. */
    static List<AgentPlan.Agent> made(SwarmCluster cluster, Observed observed) {
        return observed.agents()
                .stream()
                .filter(agent -> Owner.controls(cluster, agent) && !agent.isMarkedForDeletion())
                .map(agent -> new AgentPlan.Agent(agent.getMetadata().getName(), agent.getSpec().type(),
                        running(agent)))
                .toList();
    }

    private static int running(SwarmAgent agent) {
        var running = agent.getStatus() == null ? null : agent.getStatus().running();
        return running == null ? 0 : running;
    }

    static ObjectMeta meta(SwarmCluster cluster, String name, String component) {
        return new ObjectMetaBuilder().withName(name)
                .withNamespace(cluster.getMetadata().getNamespace())
                .withLabels(Labels.of(cluster.getMetadata().getName(), component, Labels.CLUSTER_OPERATOR))
                .withOwnerReferences(Owner.controlledBy(cluster))
                .build();
    }
}
