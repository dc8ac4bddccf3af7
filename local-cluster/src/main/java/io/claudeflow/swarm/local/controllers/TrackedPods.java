package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;

/** Takes the finalizer off pods of Jobs: when their Job has counted them, and when they have no Job any more that could. */
final class TrackedPods implements AutoCloseable {
    private final KubernetesClient client;
    private final SharedIndexInformer<Pod> pods;
    private final WorkQueue<ObjectKey> orphans;

    TrackedPods(KubernetesClient client, Informers informers) {
        this.client = client;
        this.pods = informers.of(Pod.class);
        this.orphans = new WorkQueue<>("job-orphans", 2, this::reconcile);
        informers.onChange(Pod.class, pod -> {
            if (JobPods.tracked(pod)
                    && (job(pod).isEmpty() || pod.getMetadata().getDeletionTimestamp() != null)) {
                orphans.add(ObjectKey.of(pod));
            }
        });
    }

    /** There is no Job by that name any more. */
    void jobGone(ObjectKey job) {
        pods.getStore()
                .list()
                .stream()
                .filter(JobPods::tracked)
                .filter(pod -> Owners.controller(pod, "Job").filter(job::equals).isPresent())
                .forEach(pod -> orphans.add(ObjectKey.of(pod)));
    }

    /** Takes the finalizer off, if it is still where it was; a pod that is gone has none. */
    void release(Pod pod) {
        var meta = pod.getMetadata();
        int at = meta.getFinalizers().indexOf(JobPods.FINALIZER);
        if (at < 0) {
            return;
        }
        var place = "\"path\":\"/metadata/finalizers/" + at + "\"";
        var patch = "[{\"op\":\"test\",\"path\":\"/metadata/uid\",\"value\":\"" + meta.getUid() + "\"},"
                + "{\"op\":\"test\"," + place + ",\"value\":\"" + JobPods.FINALIZER + "\"},"
                + "{\"op\":\"remove\"," + place + "}]";
        try {
            client.pods()
                    .inNamespace(meta.getNamespace())
                    .withName(meta.getName())
                    .patch(PatchContext.of(PatchType.JSON), patch);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    private void reconcile(ObjectKey key) {
        var pod = client.pods().inNamespace(key.namespace()).withName(key.name()).get();
        if (pod == null || !JobPods.tracked(pod)) {
            return;
        }
        var owner = job(pod).orElse(null);
        var job = owner == null
                ? null
                : client.batch().v1().jobs().inNamespace(key.namespace()).withName(owner.getName()).get();
        if (owner == null || job == null || !job.getMetadata().getUid().equals(owner.getUid())) {
            release(pod);
        }
    }

    private static Optional<OwnerReference> job(Pod pod) {
        return pod.getMetadata()
                .getOwnerReferences()
                .stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()) && "Job".equals(owner.getKind()))
                .findFirst();
    }

    @Override
    public void close() {
        orphans.close();
    }
}
