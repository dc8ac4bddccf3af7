package io.claudeflow.swarm.operator.agent;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.operator.identity.AgentPodParts;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.claudeflow.swarm.operator.identity.PodParts;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The Pod of a SwarmAgent. Its container is no member of the bus: it knows the gateway's address and the file with its token,
 * whose audience is the SwarmCluster's UID. A Pod cannot change, so its annotation {@value Labels#POD_DIGEST} tells whether
 * another one is wanted.
 */
final class AgentPod {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private AgentPod() {}

    /** @param tracing what {@link PodParts#tracing} says of the swarm */
    static Pod desired(SwarmAgent agent, SwarmId swarm, Images images, List<EnvVar> tracing) {
        var spec = pod(agent, swarm, images, tracing);
        var labels = Labels.of(swarm.cluster(), Labels.AGENT, Labels.MESH_OPERATOR);
        labels.put(Labels.TYPE, agent.getSpec().type());
        if (counted(agent)) {
            labels.put(Labels.COUNTED, "true");
        }
        return new PodBuilder().withNewMetadata()
                .withName(agent.getMetadata().getName())
                .withNamespace(swarm.namespace())
                .withLabels(labels)
                .addToAnnotations(Labels.POD_DIGEST, digest(spec))
                .withOwnerReferences(Owner.controlledBy(agent))
                .endMetadata()
                .withSpec(spec)
                .build();
    }

    /** Whether the cluster made it, so that it counts towards replicas. */
    static boolean counted(SwarmAgent agent) {
        return agent.getMetadata()
                .getOwnerReferences()
                .stream()
                .anyMatch(owner -> owner.getKind().equals("SwarmCluster")
                        && Boolean.TRUE.equals(owner.getController()));
    }

    private static PodSpec pod(SwarmAgent agent, SwarmId swarm, Images images, List<EnvVar> tracing) {
        var spec = agent.getSpec();
        return new PodSpecBuilder().withServiceAccountName(swarm.names().agentAccount())
                .withEnableServiceLinks(false)
                .withAutomountServiceAccountToken(false)
                .withRestartPolicy("Always")
                .withTerminationGracePeriodSeconds(30L)
                .withSecurityContext(spec.securityContext() == null ? PodParts.podSecurity() : spec.securityContext())
                .withNodeSelector(spec.nodeSelector().isEmpty() ? null : spec.nodeSelector())
                .withTolerations(spec.tolerations())
                .withAffinity(spec.affinity())
                .withContainers(new ContainerBuilder().withName(Labels.AGENT)
                        .withImage(spec.image() == null ? images.agent() : spec.image())
                        .withImagePullPolicy(images.pullPolicy())
                        .withEnv(environment(agent, swarm, tracing))
                        .addNewPort()
                        .withName("metrics")
                        .withContainerPort(MeshPorts.MONITORING)
                        .withProtocol("TCP")
                        .endPort()
                        .withVolumeMounts(AgentPodParts.mounts(AgentPodParts.WORKSPACE))
                        .withLivenessProbe(PodParts.liveness(MeshPorts.MONITORING))
                        .withResources(AgentPodParts.requirements(spec.resources()))
                        .withSecurityContext(PodParts.containerSecurity())
                        .build())
                .withVolumes(AgentPodParts.volumes(swarm.clusterUid(), spec.storage()))
                .build();
    }

    /** A person's variables first; they cannot replace those by which the agent finds its swarm. */
    private static List<EnvVar> environment(SwarmAgent agent, SwarmId swarm, List<EnvVar> tracing) {
        var own = AgentPodParts.environment(swarm.names(), swarm.clusterUid(), agent.getSpec().type(),
                AgentPodParts.WORKSPACE);
        own.addAll(tracing);
        Set<String> names = own.stream().map(EnvVar::getName).collect(Collectors.toUnmodifiableSet());
        var all = new ArrayList<EnvVar>();
        agent.getSpec()
                .environment()
                .stream()
                .filter(variable -> !names.contains(variable.getName()))
                .forEach(all::add);
        all.addAll(own);
        return all;
    }

    private static String digest(PodSpec spec) {
        try {
            var sha = MessageDigest.getInstance("SHA-256")
                    .digest(JSON.asJson(spec).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
