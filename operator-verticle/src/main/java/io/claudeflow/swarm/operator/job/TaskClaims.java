package io.claudeflow.swarm.operator.job;

import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.cluster.ExecutorSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.PersistentVolumeSpec;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The claims of a task's Jobs. A task's own go with it; those that all Jobs of a swarm share stay and are found again by name. */
final class TaskClaims {
    private TaskClaims() {}

    static List<PersistentVolumeClaim> desired(SwarmTask task, String cluster, @Nullable ExecutorSpec executor) {
        var claims = new ArrayList<PersistentVolumeClaim>();
        for (var volume : task.getSpec().persistentVolumes()) {
            claims.add(claim(task, cluster, JobNames.claim(task, volume.name()), volume,
                    PersistentVolumeSpec.AccessMode.READ_WRITE_ONCE).editMetadata()
                    .withOwnerReferences(Owner.controlledBy(task))
                    .endMetadata()
                    .build());
        }
        if (executor != null) {
            for (var volume : executor.persistentVolumes()) {
                claims.add(claim(task, cluster, JobNames.sharedClaim(cluster, volume.name()), volume,
                        PersistentVolumeSpec.AccessMode.READ_WRITE_MANY).build());
            }
        }
        return claims;
    }

    private static PersistentVolumeClaimBuilder claim(SwarmTask task, String cluster, String name,
            PersistentVolumeSpec volume, PersistentVolumeSpec.AccessMode standard) {
        return new PersistentVolumeClaimBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(task.getMetadata().getNamespace())
                .withLabels(Labels.of(cluster, Labels.JOB, Labels.MESH_OPERATOR))
                .endMetadata()
                .withNewSpec()
                .withAccessModes((volume.accessMode() == null ? standard : volume.accessMode()).word())
                .withStorageClassName(volume.storageClass())
                .withNewResources()
                .addToRequests("storage", volume.size())
                .endResources()
                .endSpec();
    }
}
