package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Job and its pods without a server: carries plans out as API server, controller and kubelet would. */
final class JobWorld {
    static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

    Job job;
    Instant now = BEGAN;
    final List<Pod> pods = new ArrayList<>();
    final List<String> news = new ArrayList<>();
    private int names;

    JobWorld(int completions, int parallelism, int backoffLimit) {
        this.job = new JobBuilder().withNewMetadata()
                .withName("job")
                .withUid("job-uid")
                .endMetadata()
                .withNewSpec()
                .withCompletions(completions)
                .withParallelism(parallelism)
                .withBackoffLimit(backoffLimit)
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    JobStatus status() {
        return job.getStatus();
    }

    /** Plans and acts until nothing is left to do at this time; returns the last plan. */
    JobPlan run() {
        while (true) {
            var plan = step();
            boolean idle = plan.create() == 0 && plan.drop().isEmpty() && plan.stop().isEmpty()
                    && plan.release().isEmpty();
            if (idle) {
                return plan;
            }
        }
    }

    /** Plans once and acts; whoever is cut off in between passes fewer steps on. */
    JobPlan step() {
        var plan = plan();
        plan.drop().forEach(pod -> {
            release(pod);
            delete(pod);
        });
        plan.stop().forEach(this::delete);
        for (int i = 0; i < plan.create(); i++) {
            pods.add(pod("pod-" + names++));
        }
        job.setStatus(plan.status());
        plan.release().forEach(this::release);
        plan.news().forEach(item -> news.add(item.reason()));
        return plan;
    }

    JobPlan plan() {
        return JobDecision.plan(job, List.copyOf(pods), now);
    }

    private Pod pod(String name) {
        return new PodBuilder().withNewMetadata()
                .withName(name)
                .withUid(name)
                .withCreationTimestamp(now.toString())
                .withFinalizers(JobPods.FINALIZER)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build();
    }

    /** The pod's container ends with that code. */
    void ends(int pod, int code) {
        pods.set(pod, pods.get(pod)
                .edit()
                .editStatus()
                .withPhase(code == 0 ? "Succeeded" : "Failed")
                .addNewContainerStatus()
                .withName("main")
                .withNewState()
                .withNewTerminated()
                .withExitCode(code)
                .withFinishedAt(now.truncatedTo(ChronoUnit.SECONDS).toString())
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build());
    }

    /** The pod's container was started again that often. */
    void restarted(int pod, int times) {
        pods.set(pod, pods.get(pod)
                .edit()
                .editStatus()
                .addNewContainerStatus()
                .withName("main")
                .withRestartCount(times)
                .endContainerStatus()
                .endStatus()
                .build());
    }

    /** Someone deletes the pod; it stays until it is {@link #gone}. */
    void delete(Pod pod) {
        replace(pod, new PodBuilder(current(pod)).editMetadata()
                .withDeletionTimestamp(now.toString())
                .endMetadata()
                .build());
    }

    /** The kubelet has let go of every pod that is being deleted; what has a finalizer stays. */
    void gone() {
        pods.removeIf(pod -> pod.getMetadata().getDeletionTimestamp() != null && !JobPods.tracked(pod));
    }

    private void release(Pod pod) {
        replace(pod, new PodBuilder(current(pod)).editMetadata().withFinalizers(List.of()).endMetadata().build());
    }

    private Pod current(Pod pod) {
        return pods.stream()
                .filter(other -> other.getMetadata().getUid().equals(pod.getMetadata().getUid()))
                .findFirst()
                .orElseThrow();
    }

    private void replace(Pod pod, Pod next) {
        pods.set(pods.indexOf(current(pod)), next);
    }

    void suspend(boolean suspended) {
        job.getSpec().setSuspend(suspended);
    }

    /** The condition of that type as {@code Status/Reason}, or null. */
    @Nullable
    String condition(String type) {
        return JobConditions.find(status(), type)
                .map(condition -> condition.getStatus() + "/" + condition.getReason())
                .orElse(null);
    }

    /** {@code active succeeded failed terminating}, and how many are being counted. */
    String numbers() {
        var uncounted = status().getUncountedTerminatedPods();
        return number(status().getActive()) + " " + number(status().getSucceeded()) + " "
                + number(status().getFailed()) + " " + number(status().getTerminating()) + " +"
                + (uncounted.getSucceeded().size() + uncounted.getFailed().size());
    }

    private static int number(@Nullable Integer value) {
        return ReplicaSetController.number(value);
    }
}
