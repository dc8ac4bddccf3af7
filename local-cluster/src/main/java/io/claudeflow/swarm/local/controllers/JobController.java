package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.events.EventRecorder;
import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;

/** Runs the pods of a Job until enough of them have succeeded or too many have failed; {@link JobDecision} says what comes next. */
final class JobController implements Controller {
    /** Of a pod's name, before its five random letters. */
    private static final int LONGEST_PREFIX = 58;
    private static final String MANAGER = "kubernetes.io/job-controller";

    private final KubernetesClient client;
    private final EventRecorder events;
    private final OwnedPods pods;
    private final TrackedPods tracked;
    private final WorkQueue<ObjectKey> queue;

    JobController(KubernetesClient client, Informers informers, EventRecorder events) {
        this.client = client;
        this.events = events;
        this.pods = new OwnedPods(client, events);
        this.tracked = new TrackedPods(client, informers);
        this.queue = new WorkQueue<>("jobs", 8, this::reconcile);
        informers.onChange(Job.class, job -> queue.add(ObjectKey.of(job)));
        informers.onChange(Pod.class, pod -> Owners.controller(pod, "Job").ifPresent(queue::add));
    }

    private void reconcile(ObjectKey key) {
        var job = client.batch().v1().jobs().inNamespace(key.namespace()).withName(key.name()).get();
        if (job == null) {
            tracked.jobGone(key);
            return;
        }
        var manager = job.getSpec().getManagedBy();
        if (manager != null && !manager.equals(MANAGER)) {
            return;
        }
        var unsupported = JobDecision.unsupported(job);
        if (unsupported.isPresent()) {
            events.warning(job, "NotSupported", "Skipped Job sync because " + unsupported.get());
            return;
        }
        var now = Instant.now();
        var plan = JobDecision.plan(job, pods.of(job, job.getSpec().getSelector()), now);
        carryOut(job, plan);
        if (plan.again() != null) {
            queue.addAfter(key, Duration.between(now, plan.again()));
        }
        expire(key, job, now);
    }

    private void carryOut(Job job, JobPlan plan) {
        for (var pod : plan.drop()) {
            tracked.release(pod);
            pods.delete(job, pod);
        }
        plan.stop().forEach(pod -> pods.delete(job, pod));
        KubernetesClientException refusal = null;
        int created = 0;
        try {
            for (; created < plan.create(); created++) {
                pods.create(job, pod(job));
            }
        } catch (KubernetesClientException e) {
            // What has ended is counted all the same.
            refusal = e;
            int active = ReplicaSetController.number(plan.status().getActive()) - plan.create() + created;
            plan.status().setActive(active == 0 ? null : active);
        }
        if (!plan.status().equals(job.getStatus())) {
            job.setStatus(plan.status());
            client.batch().v1().jobs().resource(job).updateStatus();
        }
        plan.release().forEach(tracked::release);
        for (var item : plan.news()) {
            if (item.warning()) {
                events.warning(job, item.reason(), item.message());
            } else {
                events.normal(job, item.reason(), item.message());
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    private static Pod pod(Job job) {
        var prefix = job.getMetadata().getName() + "-";
        var name = prefix.substring(0, Math.min(LONGEST_PREFIX, prefix.length())) + Templates.suffix();
        var pod = Templates.pod(job.getSpec().getTemplate(), job, name);
        var finalizers = new ArrayList<>(pod.getMetadata().getFinalizers());
        if (!finalizers.contains(JobPods.FINALIZER)) {
            finalizers.add(JobPods.FINALIZER);
        }
        pod.getMetadata().setFinalizers(finalizers);
        return pod;
    }

    /** Deletes a Job that has outlived its end by the time that it says; its pods go first, as on a real cluster. */
    private void expire(ObjectKey key, Job job, Instant now) {
        var expiry = JobDecision.expiry(job).orElse(null);
        if (expiry == null || job.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        if (now.isBefore(expiry)) {
            queue.addAfter(key, Duration.between(now, expiry));
            return;
        }
        try {
            client.raw("/apis/batch/v1/namespaces/" + key.namespace() + "/jobs/" + key.name(), "DELETE",
                    Map.of("apiVersion", "v1", "kind", "DeleteOptions", "propagationPolicy", "Foreground",
                            "preconditions", Map.of("uid", job.getMetadata().getUid())));
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        queue.close();
        tracked.close();
    }
}
