package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.claudeflow.swarm.operator.OperatorVariables;
import io.claudeflow.swarm.operator.identity.ClusterNames;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.PodParts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;

/**
 * The mesh operator of a swarm. It has no readiness probe: nobody calls it, and its Deployment has to count as ready as soon
 * as its process runs, because Ready of the SwarmCluster rests on that.
 */
final class MeshOperatorObjects {
    private final SwarmCluster cluster;
    private final ClusterNames names;
    private final Images images;
    private final int replicas;

    MeshOperatorObjects(SwarmCluster cluster, ClusterNames names, Images images, int replicas) {
        this.cluster = cluster;
        this.names = names;
        this.images = images;
        this.replicas = replicas;
    }

    List<HasMetadata> desired() {
        return List.of(new DeploymentBuilder()
                .withMetadata(ClusterObjects.meta(cluster, names.operator(), Labels.OPERATOR))
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(Labels.selector(names.cluster(), Labels.OPERATOR))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Labels.member(names.cluster(), Labels.OPERATOR))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(names.operatorAccount())
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(30L)
                .withSecurityContext(PodParts.podSecurity())
                .withContainers(container())
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
    }

    private Container container() {
        return new ContainerBuilder().withName(Labels.OPERATOR)
                .withImage(images.operator())
                .withImagePullPolicy(images.pullPolicy())
                .withEnv(environment())
                .addNewPort()
                .withName("metrics")
                .withContainerPort(MeshPorts.OPERATOR_MONITORING)
                .withProtocol("TCP")
                .endPort()
                .withLivenessProbe(PodParts.liveness(MeshPorts.OPERATOR_MONITORING))
                .withResources(Requests.operator(cluster.getSpec()).requirements())
                .withSecurityContext(PodParts.containerSecurity())
                .build();
    }

    private List<EnvVar> environment() {
        var env = PodParts.member(names, cluster.getMetadata().getUid());
        env.add(PodParts.env(MeshVariables.MONITORING_PORT, String.valueOf(MeshPorts.OPERATOR_MONITORING)));
        env.add(PodParts.env(OperatorVariables.ROLE, "mesh"));
        env.add(PodParts.env(OperatorVariables.AGENT_IMAGE, images.agent()));
        env.add(PodParts.env(OperatorVariables.PULL_POLICY, images.pullPolicy()));
        env.addAll(PodParts.tracing(cluster.getSpec()));
        return env;
    }
}
