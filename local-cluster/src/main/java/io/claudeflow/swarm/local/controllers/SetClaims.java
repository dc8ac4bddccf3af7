package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * The claims {@code <template>-<set>-<n>} of a StatefulSet. They stay when pods go, unless its retention policy says otherwise: then
 * they get an owner reference, to the set for {@code whenDeleted: Delete}, to the pod for {@code whenScaled: Delete}, and garbage
 * collection does the rest.
 */
final class SetClaims {
    private final KubernetesClient client;

    SetClaims(KubernetesClient client) {
        this.client = client;
    }

    /** Creates the claims of one ordinal that are not there yet. */
    void ensure(StatefulSet set, int ordinal) {
        for (var template : set.getSpec().getVolumeClaimTemplates()) {
            var present = client.persistentVolumeClaims()
                    .inNamespace(namespace(set))
                    .withName(name(set, template, ordinal))
                    .get();
            if (present != null) {
                if (present.getMetadata().getDeletionTimestamp() != null) {
                    throw new IllegalStateException("claim " + present.getMetadata().getName() + " is being deleted");
                }
                continue;
            }
            var labels = new HashMap<>(Templates.orEmpty(template.getMetadata().getLabels()));
            labels.putAll(Templates.orEmpty(set.getSpec().getSelector().getMatchLabels()));
            var owners = new ArrayList<OwnerReference>(template.getMetadata().getOwnerReferences());
            if (deletedWithSet(set)) {
                owners.add(reference(set));
            }
            var claim = new PersistentVolumeClaimBuilder().withNewMetadata()
                    .withName(name(set, template, ordinal))
                    .withNamespace(namespace(set))
                    .withLabels(labels)
                    .withAnnotations(template.getMetadata().getAnnotations())
                    .withOwnerReferences(owners)
                    .endMetadata()
                    .withSpec(template.getSpec())
                    .build();
            try {
                client.persistentVolumeClaims().resource(claim).create();
            } catch (KubernetesClientException e) {
                if (e.getCode() != 409) {
                    throw e;
                }
            }
        }
    }

    /** Replaces the pod's volumes of the templates' names by the ordinal's claims. */
    void mount(StatefulSet set, int ordinal, Pod pod) {
        List<Volume> volumes = new ArrayList<>(pod.getSpec().getVolumes());
        for (var template : set.getSpec().getVolumeClaimTemplates()) {
            var volume = template.getMetadata().getName();
            volumes.removeIf(old -> volume.equals(old.getName()));
            volumes.add(new VolumeBuilder().withName(volume)
                    .withNewPersistentVolumeClaim(name(set, template, ordinal), false)
                    .build());
        }
        pod.getSpec().setVolumes(volumes);
    }

    /** Makes the existing claims' owner reference to the set agree with its retention policy. */
    void follow(StatefulSet set) {
        if (set.getSpec().getVolumeClaimTemplates().isEmpty()) {
            return;
        }
        int first = StatefulSetController.start(set);
        for (int ordinal = first; ordinal < first + StatefulSetController.replicas(set); ordinal++) {
            for (var template : set.getSpec().getVolumeClaimTemplates()) {
                var claim = client.persistentVolumeClaims()
                        .inNamespace(namespace(set))
                        .withName(name(set, template, ordinal))
                        .get();
                if (claim != null) {
                    own(claim, set);
                }
            }
        }
    }

    private void own(PersistentVolumeClaim claim, StatefulSet set) {
        var owners = new ArrayList<OwnerReference>(claim.getMetadata().getOwnerReferences());
        boolean owned = owners.stream().anyMatch(owner -> owner.getUid().equals(set.getMetadata().getUid()));
        if (owned == deletedWithSet(set)) {
            return;
        }
        if (owned) {
            owners.removeIf(owner -> owner.getUid().equals(set.getMetadata().getUid()));
        } else {
            owners.add(reference(set));
        }
        claim.getMetadata().setOwnerReferences(owners);
        client.persistentVolumeClaims().resource(claim).update();
    }

    /** Lets the claims of a pod that scale-in ends go with it, if the set wants that. */
    void beforeScaleIn(StatefulSet set, Pod pod) {
        var policy = set.getSpec().getPersistentVolumeClaimRetentionPolicy();
        if (policy == null || !"Delete".equals(policy.getWhenScaled())) {
            return;
        }
        for (var template : set.getSpec().getVolumeClaimTemplates()) {
            var claim = client.persistentVolumeClaims()
                    .inNamespace(namespace(set))
                    .withName(template.getMetadata().getName() + "-" + pod.getMetadata().getName())
                    .get();
            if (claim != null) {
                claim.getMetadata()
                        .setOwnerReferences(List.of(new OwnerReferenceBuilder().withApiVersion("v1")
                                .withKind("Pod")
                                .withName(pod.getMetadata().getName())
                                .withUid(pod.getMetadata().getUid())
                                .build()));
                client.persistentVolumeClaims().resource(claim).update();
            }
        }
    }

    private static boolean deletedWithSet(StatefulSet set) {
        var policy = set.getSpec().getPersistentVolumeClaimRetentionPolicy();
        return policy != null && "Delete".equals(policy.getWhenDeleted());
    }

    private static OwnerReference reference(StatefulSet set) {
        return new OwnerReferenceBuilder().withApiVersion(set.getApiVersion())
                .withKind(set.getKind())
                .withName(set.getMetadata().getName())
                .withUid(set.getMetadata().getUid())
                .build();
    }

    private static String name(StatefulSet set, PersistentVolumeClaim template, int ordinal) {
        return template.getMetadata().getName() + "-" + set.getMetadata().getName() + "-" + ordinal;
    }

    private static String namespace(StatefulSet set) {
        return set.getMetadata().getNamespace();
    }
}
