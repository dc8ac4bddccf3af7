package io.claudeflow.swarm.operator.job;

import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.cluster.ExecutorSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.PersistentVolumeSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.SecretMount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Volumes and secrets of a Job, the task's before the cluster's: what a task mounts at a path is not covered by what the cluster
 * has there.
 */
final class Mounts {
    private static final String SECRETS = "/secrets/";

    private final Map<String, Volume> byPath = new LinkedHashMap<>();

    private Mounts() {}

    /** @param executor the cluster's defaults for Jobs, null: none */
    static Mounts of(SwarmTask task, String cluster, @Nullable ExecutorSpec executor) {
        var mounts = new Mounts();
        for (var volume : task.getSpec().persistentVolumes()) {
            mounts.claim(volume, JobNames.claim(task, volume.name()));
        }
        task.getSpec().secrets().forEach(mounts::secret);
        if (executor != null) {
            for (var volume : executor.persistentVolumes()) {
                mounts.claim(volume, JobNames.sharedClaim(cluster, volume.name()));
            }
            executor.secrets().forEach(mounts::secret);
        }
        return mounts;
    }

    private void claim(PersistentVolumeSpec volume, String claim) {
        byPath.computeIfAbsent(volume.mountPath(), _ -> new VolumeBuilder().withName("volume-" + byPath.size())
                .withNewPersistentVolumeClaim()
                .withClaimName(claim)
                .endPersistentVolumeClaim()
                .build());
    }

    private void secret(SecretMount secret) {
        byPath.computeIfAbsent(path(secret), _ -> new VolumeBuilder().withName("volume-" + byPath.size())
                .withNewSecret()
                .withSecretName(secret.name())
                .endSecret()
                .build());
    }

    private static String path(SecretMount secret) {
        return secret.mountPath() == null ? SECRETS + secret.name() : secret.mountPath();
    }

    List<Volume> volumes() {
        return List.copyOf(byPath.values());
    }

    List<VolumeMount> mounts() {
        var mounts = new ArrayList<VolumeMount>();
        byPath.forEach((path, volume) -> mounts.add(new VolumeMountBuilder().withName(volume.getName())
                .withMountPath(path)
                .withReadOnly(volume.getSecret() == null ? null : true)
                .build()));
        return mounts;
    }

    List<String> paths() {
        return List.copyOf(byPath.keySet());
    }
}
