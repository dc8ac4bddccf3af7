package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.events.EventRecorder;
import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives each PersistentVolumeClaim a volume that is a directory, whatever its storage class, size and access mode, and deletes the
 * directory with the claim. Serves the finalizers {@code pvc-protection} and {@code pv-protection}.
 */
final class VolumeController implements Controller {
    private static final String CLAIM_PROTECTION = "kubernetes.io/pvc-protection";
    private static final String VOLUME_PROTECTION = "kubernetes.io/pv-protection";
    private static final String PROVISIONER = "swarm.claudeflow.io/local-directory";
    private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

    private final KubernetesClient client;
    private final EventRecorder events;
    private final Path directory;
    private final SharedIndexInformer<PersistentVolumeClaim> claimCache;
    private final WorkQueue<ObjectKey> claims;
    private final WorkQueue<String> volumes;

    /** @param directory where the volumes' directories are made */
    VolumeController(KubernetesClient client, Informers informers, EventRecorder events, Path directory) {
        this.client = client;
        this.events = events;
        this.directory = directory.toAbsolutePath();
        this.claimCache = informers.of(PersistentVolumeClaim.class);
        this.claims = new WorkQueue<>("claims", 8, this::claim);
        this.volumes = new WorkQueue<>("volumes", 8, this::volume);
        informers.onChange(PersistentVolumeClaim.class, claim -> {
            claims.add(ObjectKey.of(claim));
            var name = claim.getSpec().getVolumeName();
            if (name != null) {
                volumes.add(name);
            }
        });
        informers.onChange(PersistentVolume.class, volume -> volumes.add(volume.getMetadata().getName()));
        informers.onChange(Pod.class, this::podChanged);
    }

    private void podChanged(Pod pod) {
        for (var volume : pod.getSpec().getVolumes()) {
            if (volume.getPersistentVolumeClaim() != null) {
                var key = new ObjectKey(pod.getMetadata().getNamespace(),
                        volume.getPersistentVolumeClaim().getClaimName());
                var claim = claimCache.getStore().getByKey(key.toString());
                if (claim != null && claim.getMetadata().getDeletionTimestamp() != null) {
                    claims.add(key);
                }
            }
        }
    }

    private void claim(ObjectKey key) throws IOException {
        var claim = client.persistentVolumeClaims().inNamespace(key.namespace()).withName(key.name()).get();
        if (claim == null) {
            return;
        }
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            release(claim);
        } else if (claim.getSpec().getVolumeName() == null) {
            provision(claim);
        } else if (claim.getStatus() == null || !"Bound".equals(claim.getStatus().getPhase())) {
            bound(claim);
        }
    }

    private void release(PersistentVolumeClaim claim) {
        if (!claim.getMetadata().getFinalizers().contains(CLAIM_PROTECTION) || used(claim)) {
            return;
        }
        claim.getMetadata().getFinalizers().remove(CLAIM_PROTECTION);
        client.persistentVolumeClaims().resource(claim).update();
    }

    private boolean used(PersistentVolumeClaim claim) {
        var name = claim.getMetadata().getName();
        return client.pods()
                .inNamespace(claim.getMetadata().getNamespace())
                .list()
                .getItems()
                .stream()
                .filter(pod -> !"Succeeded".equals(pod.getStatus().getPhase())
                        && !"Failed".equals(pod.getStatus().getPhase()))
                .flatMap(pod -> pod.getSpec().getVolumes().stream())
                .map(Volume::getPersistentVolumeClaim)
                .anyMatch(source -> source != null && name.equals(source.getClaimName()));
    }

    private void provision(PersistentVolumeClaim claim) throws IOException {
        var name = "pvc-" + claim.getMetadata().getUid();
        var folder = Files.createDirectories(directory.resolve(name));
        var volume = new PersistentVolumeBuilder().withNewMetadata()
                .withName(name)
                .addToAnnotations(PROVISIONED_BY, PROVISIONER)
                .endMetadata()
                .withNewSpec()
                .withCapacity(claim.getSpec().getResources().getRequests())
                .withAccessModes(claim.getSpec().getAccessModes())
                .withVolumeMode(claim.getSpec().getVolumeMode())
                .withStorageClassName(claim.getSpec().getStorageClassName())
                .withPersistentVolumeReclaimPolicy("Delete")
                .withNewHostPath(folder.toString(), "Directory")
                .withNewClaimRef()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName())
                .withUid(claim.getMetadata().getUid())
                .endClaimRef()
                .endSpec()
                .build();
        try {
            client.persistentVolumes().resource(volume).create();
            events.normal(claim, "ProvisioningSucceeded",
                    "Successfully provisioned volume " + name + ", a local directory"
                            + className(claim.getSpec().getStorageClassName()));
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
        }
        claim.getSpec().setVolumeName(name);
        bound(client.persistentVolumeClaims().resource(claim).update());
    }

    private static String className(@Nullable String name) {
        return name == null || name.isEmpty() ? "" : " (storage class " + name + " makes no difference here)";
    }

    private void bound(PersistentVolumeClaim claim) {
        var volume = client.persistentVolumes().withName(claim.getSpec().getVolumeName()).get();
        if (volume == null) {
            client.persistentVolumeClaims().resource(claim).editStatus(current -> {
                current.getStatus().setPhase("Lost");
                return current;
            });
            return;
        }
        client.persistentVolumeClaims().resource(claim).editStatus(current -> {
            current.getStatus().setPhase("Bound");
            current.getStatus().setAccessModes(volume.getSpec().getAccessModes());
            current.getStatus().setCapacity(volume.getSpec().getCapacity());
            return current;
        });
    }

    private void volume(String name) throws IOException {
        var volume = client.persistentVolumes().withName(name).get();
        if (volume == null) {
            return;
        }
        var reference = volume.getSpec().getClaimRef();
        var claim = reference == null
                ? null
                : client.persistentVolumeClaims()
                        .inNamespace(reference.getNamespace())
                        .withName(reference.getName())
                        .get();
        boolean bound = reference != null && claim != null
                && (reference.getUid() == null || reference.getUid().equals(claim.getMetadata().getUid()));
        if (volume.getMetadata().getDeletionTimestamp() != null) {
            if (!bound && volume.getMetadata().getFinalizers().remove(VOLUME_PROTECTION)) {
                client.persistentVolumes().resource(volume).update();
            }
            return;
        }
        phase(volume, bound ? "Bound" : reference == null ? "Available" : "Released");
        if (reference != null && !bound && ours(volume)
                && "Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy())) {
            remove(directory.resolve(name));
            client.raw("/api/v1/persistentvolumes/" + name, "DELETE",
                    Map.of("apiVersion", "v1", "kind", "DeleteOptions", "preconditions",
                            Map.of("uid", volume.getMetadata().getUid())));
        }
    }

    private static boolean ours(PersistentVolume volume) {
        var annotations = volume.getMetadata().getAnnotations();
        return annotations != null && PROVISIONER.equals(annotations.get(PROVISIONED_BY));
    }

    private void phase(PersistentVolume volume, String phase) {
        if (volume.getStatus() == null || !Objects.equals(phase, volume.getStatus().getPhase())) {
            client.persistentVolumes().resource(volume).editStatus(current -> {
                current.getStatus().setPhase(phase);
                return current;
            });
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void close() {
        claims.close();
        volumes.close();
    }
}
