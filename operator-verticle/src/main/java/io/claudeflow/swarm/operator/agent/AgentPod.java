package io.claudeflow.swarm.operator.agent;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.pod.ResourcesSpec;
import io.claudeflow.swarm.mesh.agent.AgentVariables;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.claudeflow.swarm.operator.identity.PodParts;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Pod of a SwarmAgent. Its container is no member of the bus: it knows the gateway's address and the file with its token,
 * whose audience is the SwarmCluster's UID. A Pod cannot change, so its annotation {@value Labels#POD_DIGEST} tells whether
 * another one is wanted.
 */
final class AgentPod {
    static final String TOKEN_FOLDER = "/var/run/secrets/swarm";
    static final String TOKEN = "token";
    static final String WORKSPACE = "/workspace";

    private static final long TOKEN_SECONDS = 600;
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
                        .addNewVolumeMount()
                        .withName(TOKEN)
                        .withMountPath(TOKEN_FOLDER)
                        .withReadOnly(true)
                        .endVolumeMount()
                        .addNewVolumeMount()
                        .withName("workspace")
                        .withMountPath(WORKSPACE)
                        .endVolumeMount()
                        .withLivenessProbe(PodParts.liveness(MeshPorts.MONITORING))
                        .withResources(requirements(spec.resources()))
                        .withSecurityContext(PodParts.containerSecurity())
                        .build())
                .addNewVolume()
                .withName(TOKEN)
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken()
                .withAudience(swarm.clusterUid())
                .withExpirationSeconds(TOKEN_SECONDS)
                .withPath(TOKEN)
                .endServiceAccountToken()
                .endSource()
                .endProjected()
                .endVolume()
                .addNewVolume()
                .withName("workspace")
                .withEmptyDir(workspace(spec.storage()))
                .endVolume()
                .build();
    }

    private static EmptyDirVolumeSource workspace(@Nullable Quantity size) {
        var volume = new EmptyDirVolumeSource();
        volume.setSizeLimit(size);
        return volume;
    }

    /** A person's variables first; they cannot replace those by which the agent finds its swarm. */
    private static List<EnvVar> environment(SwarmAgent agent, SwarmId swarm, List<EnvVar> tracing) {
        var own = PodParts.self(swarm.names(), swarm.clusterUid());
        own.add(PodParts.env(MeshVariables.MONITORING_PORT, String.valueOf(MeshPorts.MONITORING)));
        own.add(PodParts.env(AgentVariables.GATEWAY, swarm.names().gateway()));
        own.add(PodParts.env(AgentVariables.TOKEN_FILE, TOKEN_FOLDER + "/" + TOKEN));
        own.add(PodParts.env(AgentVariables.WORKSPACE, WORKSPACE));
        own.add(PodParts.env(AgentVariables.TYPE, agent.getSpec().type()));
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

    private static ResourceRequirements requirements(@Nullable ResourcesSpec resources) {
        var asked = resources == null ? new ResourcesSpec(null, null, null) : resources;
        var builder = new ResourceRequirementsBuilder()
                .addToRequests("cpu", asked.cpu() == null ? new Quantity("50m") : asked.cpu())
                .addToRequests("memory", asked.memory() == null ? new Quantity("128Mi") : asked.memory());
        if (asked.gpu() != null) {
            builder.addToLimits("nvidia.com/gpu", asked.gpu());
        }
        return builder.build();
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
