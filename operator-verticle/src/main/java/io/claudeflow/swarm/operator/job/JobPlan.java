package io.claudeflow.swarm.operator.job;

import io.claudeflow.swarm.mesh.hivemind.JobAttempt;
import io.claudeflow.swarm.mesh.hivemind.JobPhase;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.operator.identity.Labels;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to be done about a task's Jobs, given what the ledger says and what there is. */
final class JobPlan {
    /** Waiting for these does not help. */
    private static final Set<String> HOPELESS = Set.of("ErrImageNeverPull", "InvalidImageName");

    private final TaskState state;
    private final boolean foreign;
    private final Map<StepKey, Job> jobs;
    private final Map<StepKey, Pod> pods;
    private final List<JobStep> steps = new ArrayList<>();

    private JobPlan(TaskState state, boolean foreign, Collection<Job> jobs, Collection<Pod> pods) {
        this.state = state;
        this.foreign = foreign;
        this.jobs = jobs.stream().collect(Collectors.toMap(JobPlan::step, job -> job, (one, _) -> one));
        this.pods = pods.stream().collect(Collectors.toMap(JobPlan::step, pod -> pod, JobPlan::later));
    }

    /**
     * What is to be done while the task has not ended; then {@link #leftovers}.
     *
     * @param foreign whether the image knows nothing of us
     * @param jobs    those of the task, whatever attempt
     * @param pods    those of these Jobs
     */
    static List<JobStep> of(TaskState state, boolean foreign, Collection<Job> jobs, Collection<Pod> pods) {
        var plan = new JobPlan(state, foreign, jobs, pods);
        plan.jobs.forEach(plan::former);
        state.jobs().forEach(plan::wanted);
        return List.copyOf(plan.steps);
    }

    /** The attempt that a Job or one of its pods is for. */
    static StepKey step(HasMetadata object) {
        var meta = object.getMetadata();
        var about = meta.getAnnotations() == null ? Map.<String, String>of() : meta.getAnnotations();
        return new StepKey(meta.getLabels().getOrDefault(Labels.TASK, ""), about.getOrDefault(Labels.STEP_PATH, ""),
                Integer.parseInt(about.getOrDefault(Labels.ATTEMPT, "0")));
    }

    private static Pod later(Pod one, Pod other) {
        return one.getMetadata()
                .getCreationTimestamp()
                .compareTo(other.getMetadata().getCreationTimestamp()) > 0 ? one : other;
    }

    private void former(StepKey step, Job job) {
        boolean wanted = state.jobs().stream().anyMatch(attempt -> attempt.step().equals(step));
        if (!wanted && !job.isMarkedForDeletion() && !state.phase().terminal()) {
            steps.add(new JobStep.Delete(job));
        }
    }

    /**
     * Jobs of a task that has ended which are to go: those of former attempts, and those whose pod has not ended by itself.
     *
     * @param overdue whether the pods have had the time to end by themselves
     */
    static List<Job> leftovers(boolean overdue, Collection<Job> jobs, Collection<Pod> pods) {
        var last = new HashMap<String, Integer>();
        jobs.forEach(job -> last.merge(step(job).path(), step(job).attempt(), Math::max));
        var running = pods.stream().filter(pod -> !ended(pod)).map(JobPlan::step).collect(Collectors.toSet());
        return jobs.stream()
                .filter(job -> !job.isMarkedForDeletion())
                .filter(job -> step(job).attempt() < last.getOrDefault(step(job).path(), 0)
                        || overdue && running.contains(step(job)))
                .toList();
    }

    private void wanted(JobAttempt attempt) {
        var step = attempt.step();
        var job = jobs.get(step);
        if (job != null) {
            there(attempt, job, pods.get(step));
        } else if (attempt.begun()) {
            gone(step, "its Job is gone");
        } else if (jobs.keySet().stream().noneMatch(other -> other.path().equals(step.path()))
                && pods.keySet().stream().noneMatch(other -> other.path().equals(step.path()))) {
            steps.add(new JobStep.Create(step));
        }
    }

    private void there(JobAttempt attempt, Job job, @Nullable Pod pod) {
        var step = attempt.step();
        if (pod == null) {
            if (finished(job) && !job.isMarkedForDeletion()) {
                gone(step, "its pod is gone");
            }
            return;
        }
        switch (phase(pod)) {
            case "Failed" -> failed(step, pod);
            case "Succeeded" -> {
                if (foreign) {
                    var end = end(pod);
                    report(step, pod, JobPhase.SUCCEEDED, 0, null, end == null ? "" : text(end.getMessage()));
                }
            }
            case "Running" -> {
                if (!foreign) {
                    declare(pod, step);
                } else if (!attempt.begun()) {
                    report(step, pod, JobPhase.STARTED, null, null, "");
                }
            }
            default -> {
                var waiting = waiting(pod);
                if (waiting != null && HOPELESS.contains(text(waiting.getReason()))) {
                    report(step, pod, JobPhase.FAILED, null, waiting.getReason(), text(waiting.getMessage()));
                } else if (!foreign) {
                    declare(pod, step);
                }
            }
        }
    }

    private void declare(Pod pod, StepKey step) {
        if (!pod.isMarkedForDeletion()) {
            steps.add(new JobStep.Declare(pod, step));
        }
    }

    private void failed(StepKey step, Pod pod) {
        var end = end(pod);
        var reason = pod.getStatus().getReason() != null
                ? pod.getStatus().getReason()
                : end == null
                        ? null
                        : "Error".equals(end.getReason()) ? null : end.getReason();
        var said = end == null ? text(pod.getStatus().getMessage()) : text(end.getMessage()).strip();
        var sentence = "its pod failed" + (end == null ? "" : " with exit code " + end.getExitCode())
                + (reason == null ? "" : " (" + reason + ")") + (said.isEmpty() ? "" : ": " + said);
        report(step, pod, JobPhase.FAILED, end == null ? null : end.getExitCode(), reason, sentence);
    }

    private void gone(StepKey step, String sentence) {
        steps.add(new JobStep.Report(step, "", JobPhase.GONE, null, null, sentence));
    }

    private void report(StepKey step, Pod pod, JobPhase phase, @Nullable Integer exit, @Nullable String reason,
            String message) {
        steps.add(new JobStep.Report(step, pod.getMetadata().getUid(), phase, exit, reason, message));
    }

    static String phase(Pod pod) {
        return pod.getStatus() == null ? "" : text(pod.getStatus().getPhase());
    }

    static boolean ended(Pod pod) {
        return phase(pod).equals("Failed") || phase(pod).equals("Succeeded");
    }

    private static boolean finished(Job job) {
        return job.getStatus() != null && job.getStatus()
                .getConditions()
                .stream()
                .anyMatch(condition -> "True".equals(condition.getStatus())
                        && ("Failed".equals(condition.getType()) || "Complete".equals(condition.getType())));
    }

    private static @Nullable ContainerStateTerminated end(Pod pod) {
        return container(pod).map(container -> container.getState().getTerminated()).orElse(null);
    }

    private static @Nullable ContainerStateWaiting waiting(Pod pod) {
        return container(pod).map(container -> container.getState().getWaiting()).orElse(null);
    }

    private static Optional<ContainerStatus> container(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus()
                        .getContainerStatuses()
                        .stream()
                        .filter(container -> container.getState() != null)
                        .findFirst();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
