package io.claudeflow.swarm.operator.identity;

import io.claudeflow.swarm.api.v1alpha1.pod.ResourcesSpec;
import io.claudeflow.swarm.mesh.agent.AgentVariables;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every pod that runs our agent has: the gateway's address, a token of its own, a workspace. */
public final class AgentPodParts {
    private static final String TOKEN_FOLDER = "/var/run/secrets/swarm";
    private static final String TOKEN = "token";
    /** The workspace of an agent of the swarm. */
    public static final String WORKSPACE = "/workspace";
    /** The workspace of a Job's pod: not where a task's volume may be. */
    public static final String JOB_WORKSPACE = "/var/lib/swarm/workspace";
    private static final long TOKEN_SECONDS = 600;

    private AgentPodParts() {}

    /** A list to which more may be added. */
    public static List<EnvVar> environment(ClusterNames names, String clusterUid, String type,
            String workspace) {
        var env = PodParts.self(names, clusterUid);
        env.add(PodParts.env(MeshVariables.MONITORING_PORT, String.valueOf(MeshPorts.MONITORING)));
        env.add(PodParts.env(AgentVariables.GATEWAY, names.gateway()));
        env.add(PodParts.env(AgentVariables.TOKEN_FILE, TOKEN_FOLDER + "/" + TOKEN));
        env.add(PodParts.env(AgentVariables.WORKSPACE, workspace));
        env.add(PodParts.env(AgentVariables.TYPE, type));
        return env;
    }

    public static List<VolumeMount> mounts(String workspace) {
        return List.of(
                new VolumeMountBuilder().withName(TOKEN).withMountPath(TOKEN_FOLDER).withReadOnly(true).build(),
                new VolumeMountBuilder().withName("workspace").withMountPath(workspace).build());
    }

    /** @param workspace its size, null: no limit */
    public static List<Volume> volumes(String clusterUid, @Nullable Quantity workspace) {
        var folder = new EmptyDirVolumeSource();
        folder.setSizeLimit(workspace);
        return List.of(new VolumeBuilder().withName(TOKEN)
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken()
                .withAudience(clusterUid)
                .withExpirationSeconds(TOKEN_SECONDS)
                .withPath(TOKEN)
                .endServiceAccountToken()
                .endSource()
                .endProjected()
                .build(), new VolumeBuilder().withName("workspace").withEmptyDir(folder).build());
    }

    /** Small defaults, so that a swarm starts on a laptop's node. */
    public static ResourceRequirements requirements(@Nullable ResourcesSpec resources) {
        var asked = resources == null ? new ResourcesSpec(null, null, null) : resources;
        var builder = new ResourceRequirementsBuilder()
                .addToRequests("cpu", asked.cpu() == null ? new Quantity("50m") : asked.cpu())
                .addToRequests("memory", asked.memory() == null ? new Quantity("128Mi") : asked.memory());
        if (asked.gpu() != null) {
            builder.addToLimits("nvidia.com/gpu", asked.gpu());
        }
        return builder.build();
    }
}
