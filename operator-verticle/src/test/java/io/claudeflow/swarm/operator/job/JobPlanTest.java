package io.claudeflow.swarm.operator.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.mesh.hivemind.JobAttempt;
import io.claudeflow.swarm.mesh.hivemind.Saved;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.operator.identity.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobPlanTest {
    private final List<Job> jobs = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();
    private boolean foreign;

    private static StepKey key(int attempt) {
        return new StepKey("uid", "", attempt);
    }

    private static Map<String, String> about(int attempt) {
        return Map.of(Labels.ATTEMPT, String.valueOf(attempt), Labels.STEP_PATH, "", Labels.TASK_NAME, "t");
    }

    private static JobBuilder job(int attempt) {
        return new JobBuilder().withNewMetadata()
                .withName("job-" + attempt)
                .addToLabels(Labels.TASK, "uid")
                .withAnnotations(about(attempt))
                .endMetadata();
    }

    private static Job failed(int attempt) {
        return job(attempt).withNewStatus()
                .addNewCondition()
                .withType("Failed")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod pod(int attempt, String phase, @Nullable Integer exit, @Nullable String reason,
            @Nullable String message) {
        var pod = new PodBuilder().withNewMetadata()
                .withName("pod-" + attempt)
                .withUid("pod-uid-" + attempt)
                .withCreationTimestamp("2026-01-01T00:00:0" + attempt + "Z")
                .addToLabels(Labels.TASK, "uid")
                .withAnnotations(about(attempt))
                .endMetadata()
                .withNewStatus()
                .withPhase(phase);
        if (exit != null) {
            return pod.addNewContainerStatus()
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(exit)
                    .withReason(reason)
                    .withMessage(message)
                    .endTerminated()
                    .endState()
                    .endContainerStatus()
                    .endStatus()
                    .build();
        }
        return reason == null
                ? pod.endStatus().build()
                : pod.addNewContainerStatus()
                        .withNewState()
                        .withNewWaiting()
                        .withReason(reason)
                        .withMessage(message)
                        .endWaiting()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build();
    }

    private List<String> plan(TaskPhase phase, int attempts, JobAttempt... wanted) {
        var state = new TaskState("uid", TaskOrigin.KUBERNETES, "lab", "t", 1, 1, phase, attempts, List.of(), null,
                null, Instant.EPOCH, null, null, null, null, false, null, null, Saved.NOTHING, List.of(wanted),
                List.of(), List.of());
        return JobPlan.of(state, foreign, jobs, pods).stream().map(JobPlanTest::shown).toList();
    }

    private static String shown(JobStep step) {
        return switch (step) {
            case JobStep.Create(var key) -> "create " + key.attempt();
            case JobStep.Delete(var job) -> "delete " + job.getMetadata().getName();
            case JobStep.Declare(var pod, var key) -> "declare " + pod.getMetadata().getName() + " for "
                    + key.attempt();
            case JobStep.Report report -> report.phase() + " " + report.step().attempt() + " " + report.exitCode()
                    + " " + report.reason() + ": " + report.message();
        };
    }

    private static JobAttempt wanted(int attempt) {
        return new JobAttempt(key(attempt), false);
    }

    private static JobAttempt begun(int attempt) {
        return new JobAttempt(key(attempt), true);
    }

    @Test
    void theNextJobWaitsUntilTheOneBeforeIsGoneWithItsPods() {
        assertEquals(List.of("create 1"), plan(TaskPhase.PENDING, 1, wanted(1)));
        jobs.add(failed(1));
        pods.add(pod(1, "Running", null, null, null));
        assertEquals(List.of("delete job-1"), plan(TaskPhase.PENDING, 2, wanted(2)));
        jobs.clear();
        assertEquals(List.of(), plan(TaskPhase.PENDING, 2, wanted(2)), "its pod is still there");
        pods.clear();
        assertEquals(List.of("create 2"), plan(TaskPhase.PENDING, 2, wanted(2)));
    }

    @Test
    void ourPodIsDeclaredAndSpeaksForItself() {
        jobs.add(job(1).build());
        assertEquals(List.of(), plan(TaskPhase.PENDING, 1, wanted(1)), "no pod yet");
        pods.add(pod(1, "Pending", null, null, null));
        assertEquals(List.of("declare pod-1 for 1"), plan(TaskPhase.PENDING, 1, wanted(1)));
        pods.set(0, pod(1, "Succeeded", 0, "Completed", "x"));
        assertEquals(List.of(), plan(TaskPhase.RUNNING, 1, begun(1)), "its result is on the way, or its lease ends");
        pods.set(0, pod(1, "Failed", 137, "OOMKilled", ""));
        assertEquals(List.of("FAILED 1 137 OOMKilled: its pod failed with exit code 137 (OOMKilled)"),
                plan(TaskPhase.RUNNING, 1, begun(1)));
    }

    @Test
    void whatIsGoneIsLost() {
        assertEquals(List.of("GONE 1 null null: its Job is gone"), plan(TaskPhase.RUNNING, 1, begun(1)));
        jobs.add(failed(1));
        assertEquals(List.of("GONE 1 null null: its pod is gone"), plan(TaskPhase.RUNNING, 1, begun(1)));
    }

    @Test
    void aForeignImageIsToldOfFromOutside() {
        foreign = true;
        jobs.add(job(1).build());
        pods.add(pod(1, "Running", null, null, null));
        assertEquals(List.of("STARTED 1 null null: "), plan(TaskPhase.PENDING, 1, wanted(1)));
        assertEquals(List.of(), plan(TaskPhase.RUNNING, 1, begun(1)));
        pods.set(0, pod(1, "Succeeded", 0, "Completed", "42"));
        assertEquals(List.of("SUCCEEDED 1 0 null: 42"), plan(TaskPhase.RUNNING, 1, begun(1)));
        pods.set(0, pod(1, "Failed", 3, "Error", "no such file\n"));
        assertEquals(List.of("FAILED 1 3 null: its pod failed with exit code 3: no such file"),
                plan(TaskPhase.RUNNING, 1, begun(1)));
        pods.set(0, pod(1, "Pending", null, "ErrImageNeverPull", "busybox is not present"));
        assertEquals(List.of("FAILED 1 null ErrImageNeverPull: busybox is not present"),
                plan(TaskPhase.PENDING, 1, wanted(1)));
        pods.set(0, pod(1, "Pending", null, "ImagePullBackOff", "later"));
        assertEquals(List.of(), plan(TaskPhase.PENDING, 1, wanted(1)), "the start timeout decides");
    }

    @Test
    void theLastJobOfATaskThatHasEndedStaysWithItsLog() {
        jobs.add(failed(1));
        jobs.add(job(2).build());
        pods.add(pod(2, "Running", null, null, null));
        assertEquals(List.of(), plan(TaskPhase.COMPLETED, 2));
        assertEquals(List.of("job-1"), leftovers(false), "the other one's pod is about to end");
        assertEquals(List.of("job-1", "job-2"), leftovers(true));
        pods.set(0, pod(2, "Succeeded", 0, null, null));
        assertEquals(List.of("job-1"), leftovers(true));
    }

    private List<String> leftovers(boolean overdue) {
        return JobPlan.leftovers(overdue, jobs, pods).stream().map(job -> job.getMetadata().getName()).toList();
    }
}
