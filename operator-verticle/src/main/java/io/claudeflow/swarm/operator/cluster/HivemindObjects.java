package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.claudeflow.swarm.mesh.hivemind.HivemindVariables;
import io.claudeflow.swarm.operator.identity.ClusterNames;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.claudeflow.swarm.operator.identity.PodParts;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.List;

/** The hive-mind of a swarm: its Raft group's ConfigMap, its Services, its StatefulSet with a volume for each replica. */
final class HivemindObjects {
    static final String DATA = "/var/lib/hivemind";
    static final String GROUP = "/etc/hivemind/group";
    static final String PEER_SECRET = "/etc/hivemind/peer";

    private static final String VOLUME = "data";

    private final SwarmCluster cluster;
    private final ClusterNames names;
    private final Images images;
    private final Group group;

    HivemindObjects(SwarmCluster cluster, ClusterNames names, Images images, Group group) {
        this.cluster = cluster;
        this.names = names;
        this.images = images;
        this.group = group;
    }

    List<HasMetadata> desired(Observed observed) {
        return List.of(groupConfig(), mesh(), gateway(), disruption(), statefulSet(observed));
    }

    private ObjectMeta meta(String name, String component) {
        return ClusterObjects.meta(cluster, name, component);
    }

    private HasMetadata groupConfig() {
        return new ConfigMapBuilder().withMetadata(meta(names.group(), Labels.HIVEMIND))
                .withData(group.files())
                .build();
    }

    /** Members are found before they are ready: they become so only together. */
    private HasMetadata mesh() {
        return new ServiceBuilder().withMetadata(meta(names.mesh(), Labels.SWARM))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .addToSelector(Labels.MESH, names.cluster())
                .withPorts(port("bus", MeshPorts.BUS), port("hazelcast", MeshPorts.HAZELCAST),
                        port("peer", MeshPorts.PEER), port("raft", MeshPorts.RAFT))
                .endSpec()
                .build();
    }

    /** Agents try each address until one answers, so a replica is found at once, not after a probe. */
    private HasMetadata gateway() {
        return new ServiceBuilder().withMetadata(meta(names.hivemind(), Labels.HIVEMIND))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(Labels.selector(names.cluster(), Labels.HIVEMIND))
                .withPorts(port("gateway", MeshPorts.GATEWAY), port("metrics", MeshPorts.MONITORING))
                .endSpec()
                .build();
    }

    private static ServicePort port(String name, int port) {
        return new ServicePortBuilder().withName(name)
                .withPort(port)
                .withProtocol("TCP")
                .withTargetPort(new IntOrString(port))
                .build();
    }

    private HasMetadata disruption() {
        return new PodDisruptionBudgetBuilder().withMetadata(meta(names.hivemind(), Labels.HIVEMIND))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withNewSelector()
                .withMatchLabels(Labels.selector(names.cluster(), Labels.HIVEMIND))
                .endSelector()
                .endSpec()
                .build();
    }

    private HasMetadata statefulSet(Observed observed) {
        var selector = Labels.selector(names.cluster(), Labels.HIVEMIND);
        return new StatefulSetBuilder().withMetadata(meta(names.hivemind(), Labels.HIVEMIND))
                .withNewSpec()
                .withServiceName(names.mesh())
                .withReplicas(Voters.pods(cluster, observed, group))
                .withPodManagementPolicy("Parallel")
                .withNewSelector()
                .withMatchLabels(selector)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Labels.member(names.cluster(), Labels.HIVEMIND))
                .endMetadata()
                .withSpec(pod())
                .endTemplate()
                .withVolumeClaimTemplates(claim(observed))
                .endSpec()
                .build();
    }

    private PodSpec pod() {
        return new PodSpecBuilder().withServiceAccountName(names.hivemind())
                .withEnableServiceLinks(false)
                .withAutomountServiceAccountToken(false)
                .withTerminationGracePeriodSeconds(30L)
                .withSecurityContext(PodParts.podSecurity())
                .withAffinity(new AffinityBuilder().withNewPodAntiAffinity()
                        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                        .withWeight(100)
                        .withNewPodAffinityTerm()
                        .withTopologyKey("kubernetes.io/hostname")
                        .withNewLabelSelector()
                        .withMatchLabels(Labels.selector(names.cluster(), Labels.HIVEMIND))
                        .endLabelSelector()
                        .endPodAffinityTerm()
                        .endPreferredDuringSchedulingIgnoredDuringExecution()
                        .endPodAntiAffinity()
                        .build())
                .withContainers(container())
                .addNewVolume()
                .withName("group")
                .withNewConfigMap()
                .withName(names.group())
                .endConfigMap()
                .endVolume()
                .addNewVolume()
                .withName("peer")
                .withNewSecret()
                .withSecretName(names.peerSecret())
                .endSecret()
                .endVolume()
                .build();
    }

    private Container container() {
        return new ContainerBuilder().withName(Labels.HIVEMIND)
                .withImage(images.hivemind())
                .withImagePullPolicy(images.pullPolicy())
                .withEnv(environment())
                .addNewPort()
                .withName("gateway")
                .withContainerPort(MeshPorts.GATEWAY)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("peer")
                .withContainerPort(MeshPorts.PEER)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("raft")
                .withContainerPort(MeshPorts.RAFT)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("metrics")
                .withContainerPort(MeshPorts.MONITORING)
                .withProtocol("TCP")
                .endPort()
                .addNewVolumeMount()
                .withName(VOLUME)
                .withMountPath(DATA)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("group")
                .withMountPath(GROUP)
                .withReadOnly(true)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("peer")
                .withMountPath(PEER_SECRET)
                .withReadOnly(true)
                .endVolumeMount()
                .withLivenessProbe(PodParts.liveness(MeshPorts.MONITORING))
                .withReadinessProbe(PodParts.readiness(MeshPorts.MONITORING))
                .withResources(Requests.hivemind(cluster.getSpec()).requirements())
                .withSecurityContext(PodParts.containerSecurity())
                .build();
    }

    private List<EnvVar> environment() {
        var env = PodParts.member(names, cluster.getMetadata().getUid());
        env.add(PodParts.env(MeshVariables.MONITORING_PORT, String.valueOf(MeshPorts.MONITORING)));
        env.add(PodParts.env(HivemindVariables.DATA, DATA));
        env.add(PodParts.env(HivemindVariables.GROUP, GROUP));
        env.add(PodParts.env(HivemindVariables.PEER_SECRET, PEER_SECRET));
        env.addAll(PodParts.tracing(cluster.getSpec()));
        return env;
    }

    /** Owned by the SwarmCluster, so that the volumes go with it and not with the StatefulSet. */
    private PersistentVolumeClaim claim(Observed observed) {
        boolean retained = retainedAsWritten(observed, retained(cluster));
        var meta = new ObjectMetaBuilder().withName(VOLUME)
                .withLabels(Labels.selector(names.cluster(),
                        Labels.HIVEMIND));
        if (!retained) {
            meta.withOwnerReferences(Owner.goesWith(cluster));
        }
        return new PersistentVolumeClaimBuilder().withMetadata(meta.build())
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", written(observed, size(cluster)))
                .endResources()
                .endSpec()
                .build();
    }

    /** The claim of a replica's volume. */
    static String volume(ClusterNames names, int ordinal) {
        return VOLUME + "-" + names.hivemindPod(ordinal);
    }

    /** The size of each volume that the spec asks for. */
    static Quantity size(SwarmCluster cluster) {
        var hiveMind = cluster.getSpec().hiveMind();
        var size = hiveMind == null ? null : hiveMind.databaseSize();
        var standard = Requests.hivemind(cluster.getSpec()).storage();
        return size != null ? size : new Quantity(standard == null ? "1Gi" : standard);
    }

    /** Whether the spec wants the volumes to outlive the cluster. */
    static boolean retained(SwarmCluster cluster) {
        var hiveMind = cluster.getSpec().hiveMind();
        return hiveMind != null && Boolean.TRUE.equals(hiveMind.retainVolumes());
    }

    /** A claim template cannot change, so what was written of it stays. */
    static boolean retainedAsWritten(Observed observed, boolean asked) {
        var statefulSet = observed.hivemind();
        if (statefulSet == null || statefulSet.getSpec() == null
                || statefulSet.getSpec().getVolumeClaimTemplates().isEmpty()) {
            return asked;
        }
        return statefulSet.getSpec().getVolumeClaimTemplates().getFirst().getMetadata().getOwnerReferences().isEmpty();
    }

    /** A claim template cannot change, so the size that was written stays. */
    static Quantity written(Observed observed, Quantity asked) {
        var statefulSet = observed.hivemind();
        if (statefulSet == null || statefulSet.getSpec() == null
                || statefulSet.getSpec().getVolumeClaimTemplates().isEmpty()) {
            return asked;
        }
        var requests = statefulSet.getSpec()
                .getVolumeClaimTemplates()
                .getFirst()
                .getSpec()
                .getResources()
                .getRequests();
        return requests.getOrDefault("storage", asked);
    }
}
