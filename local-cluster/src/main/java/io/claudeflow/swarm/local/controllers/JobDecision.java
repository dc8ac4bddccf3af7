package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.controllers.JobPlan.News;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.UncountedTerminatedPods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for a Job, given its pods. Follows syncJob of kube-controller-manager. A pod is counted once, whatever
 * breaks in between: its UID enters status.uncountedTerminatedPods, then it loses its finalizer, then the number takes the UID's
 * place. A Job ends in two steps as well: the verdict, and the end itself when no pod is left that runs or is uncounted. Pure.
 */
final class JobDecision {
    private static final int MOST_AT_ONCE = 500;

    private final Job job;
    private final List<Pod> pods;
    private final List<Pod> active;
    private final Instant now;
    private final JobStatus status;
    private final UncountedTerminatedPods uncounted;
    private final boolean deleting;
    private final boolean suspended;
    private final List<Pod> release = new ArrayList<>();
    private final List<News> news = new ArrayList<>();
    private List<Pod> drop = List.of();
    private List<Pod> stop = List.of();
    private int create;
    private @Nullable Instant again;

    private JobDecision(Job job, List<Pod> pods, Instant now) {
        this.job = job;
        this.pods = pods;
        this.active = pods.stream().filter(Templates::active).toList();
        this.now = now;
        this.status = job.getStatus() == null ? new JobStatus() : new JobStatusBuilder(job.getStatus()).build();
        this.uncounted = Objects.requireNonNullElseGet(status.getUncountedTerminatedPods(),
                UncountedTerminatedPods::new);
        status.setUncountedTerminatedPods(uncounted);
        this.deleting = job.getMetadata().getDeletionTimestamp() != null;
        this.suspended = Boolean.TRUE.equals(job.getSpec().getSuspend());
    }

    static JobPlan plan(Job job, List<Pod> pods, Instant now) {
        var decision = new JobDecision(job, pods, now);
        return JobConditions.end(job).isPresent() ? decision.over() : decision.decide();
    }

    /** Why the Job is left alone, if it asks for what this controller does not do. */
    static Optional<String> unsupported(Job job) {
        var spec = job.getSpec();
        if ("Indexed".equals(spec.getCompletionMode())) {
            return Optional.of("completionMode Indexed is not supported here: use NonIndexed");
        }
        return spec.getPodFailurePolicy() == null
                ? Optional.empty()
                : Optional.of("podFailurePolicy is not supported here: leave it out");
    }

    /** When a Job that has ended is to be deleted. */
    static Optional<Instant> expiry(Job job) {
        var lifetime = job.getSpec().getTtlSecondsAfterFinished();
        return lifetime == null
                ? Optional.empty()
                : JobConditions.end(job).map(end -> Instant.parse(end.getLastTransitionTime()).plusSeconds(lifetime));
    }

    private JobPlan over() {
        pods.stream().filter(JobPods::tracked).forEach(release::add);
        return new JobPlan(List.of(), List.of(), 0, Objects.requireNonNull(job.getStatus()), release, news, null);
    }

    private JobPlan decide() {
        settle();
        int succeeded = number(status.getSucceeded()) + uncounted.getSucceeded().size() + fresh(true);
        int failed = number(status.getFailed()) + uncounted.getFailed().size() + fresh(false);
        if (status.getStartTime() == null && !suspended) {
            status.setStartTime(JobConditions.seconds(now));
        }
        var verdict = JobConditions.holding(status, JobConditions.MET)
                .or(() -> JobConditions.holding(status, JobConditions.TARGET))
                .or(() -> deleting ? Optional.empty() : failure(failed))
                .orElse(null);
        if (verdict != null) {
            stop = active;
        } else if (!deleting) {
            manage(succeeded);
            if (complete(succeeded)) {
                verdict = JobConditions.condition(JobConditions.MET, true, "CompletionsReached",
                        "Reached expected number of succeeded pods", now);
            } else {
                suspension();
            }
        }
        count(verdict);
        int terminating = (int) pods.stream().filter(JobPods::terminating).count() + stop.size() + drop.size();
        int left = active.size() - stop.size() - drop.size();
        status.setActive(nullable(left + create));
        status.setReady((int) active.stream()
                .filter(pod -> !stop.contains(pod) && !drop.contains(pod) && Templates.ready(pod))
                .count());
        status.setTerminating(terminating);
        if (verdict != null) {
            JobConditions.put(status, verdict);
            if (release.isEmpty() && terminating == 0 && uncounted.getSucceeded().isEmpty()
                    && uncounted.getFailed().isEmpty()) {
                end(verdict);
            }
        }
        return new JobPlan(drop, stop, create, status, release, news, again);
    }

    /** Pods that have lost their finalizer, or are gone, are numbers from now on. */
    private void settle() {
        var present = pods.stream()
                .filter(JobPods::tracked)
                .map(pod -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());
        int before = uncounted.getSucceeded().size();
        uncounted.setSucceeded(uncounted.getSucceeded().stream().filter(present::contains).toList());
        status.setSucceeded(nullable(number(status.getSucceeded()) + before - uncounted.getSucceeded().size()));
        before = uncounted.getFailed().size();
        uncounted.setFailed(uncounted.getFailed().stream().filter(present::contains).toList());
        status.setFailed(nullable(number(status.getFailed()) + before - uncounted.getFailed().size()));
    }

    /** How many pods have ended so that nothing tells of them yet. */
    private int fresh(boolean success) {
        return (int) pods.stream()
                .filter(JobPods::tracked)
                .filter(pod -> success ? JobPods.succeeded(job, pod) : JobPods.failed(job, pod))
                .filter(pod -> !named(pod))
                .count();
    }

    private boolean named(Pod pod) {
        var uid = pod.getMetadata().getUid();
        return uncounted.getSucceeded().contains(uid) || uncounted.getFailed().contains(uid);
    }

    private Optional<JobCondition> failure(int failed) {
        int limit = job.getSpec().getBackoffLimit() == null ? 6 : job.getSpec().getBackoffLimit();
        int restarts = "OnFailure".equals(job.getSpec().getTemplate().getSpec().getRestartPolicy())
                ? JobPods.restarts(pods)
                : 0;
        if (failed > limit || restarts > 0 && restarts >= limit) {
            return Optional.of(JobConditions.condition(JobConditions.TARGET, true, "BackoffLimitExceeded",
                    "Job has reached the specified backoff limit", now));
        }
        var seconds = job.getSpec().getActiveDeadlineSeconds();
        // When it is resumed its time begins anew, once the resumption is told.
        boolean paused = suspended || JobConditions.holding(status, JobConditions.SUSPENDED).isPresent();
        if (seconds == null || paused || status.getStartTime() == null) {
            return Optional.empty();
        }
        var deadline = Instant.parse(status.getStartTime()).plusSeconds(seconds);
        if (now.isBefore(deadline)) {
            again = deadline;
            return Optional.empty();
        }
        return Optional.of(JobConditions.condition(JobConditions.TARGET, true, "DeadlineExceeded",
                "Job was active longer than specified deadline", now));
    }

    private void manage(int succeeded) {
        int wanted = suspended ? 0 : wanted(succeeded);
        if (active.size() > wanted) {
            drop = active.stream().sorted(JobPods.LEAST_FIRST).limit(active.size() - wanted).toList();
            return;
        }
        int ending = JobPods.replacedWhenEnded(job) ? (int) pods.stream().filter(JobPods::terminating).count() : 0;
        int missing = wanted - ending - active.size();
        if (missing <= 0) {
            return;
        }
        var due = JobPods.mayFollow(job, pods);
        if (due != null && now.isBefore(due)) {
            again = again == null || due.isBefore(again) ? due : again;
        } else {
            create = Math.min(missing, MOST_AT_ONCE);
        }
    }

    private int wanted(int succeeded) {
        var parallelism = job.getSpec().getParallelism();
        int atOnce = parallelism == null ? 1 : parallelism;
        var completions = job.getSpec().getCompletions();
        if (completions == null) {
            // A work queue: once a pod has found it empty, the others only finish.
            return succeeded > 0 ? active.size() : atOnce;
        }
        return Math.clamp(completions - succeeded, 0, atOnce);
    }

    private boolean complete(int succeeded) {
        var completions = job.getSpec().getCompletions();
        boolean none = active.size() - drop.size() + create == 0;
        return none && (completions == null ? succeeded > 0 : succeeded >= completions);
    }

    private void suspension() {
        var condition = suspended
                ? JobConditions.condition(JobConditions.SUSPENDED, true, "JobSuspended", "Job suspended", now)
                : JobConditions.condition(JobConditions.SUSPENDED, false, "JobResumed", "Job resumed", now);
        if (JobConditions.put(status, condition)) {
            news.add(new News(false, suspended ? "Suspended" : "Resumed", condition.getMessage()));
            if (!suspended) {
                // Its deadline counts from here.
                status.setStartTime(JobConditions.seconds(now));
            }
        }
    }

    private void count(@Nullable JobCondition verdict) {
        boolean failing = verdict != null && verdict.getType().equals(JobConditions.TARGET);
        var succeeded = new ArrayList<>(uncounted.getSucceeded());
        var failed = new ArrayList<>(uncounted.getFailed());
        for (var pod : pods) {
            boolean success = JobPods.succeeded(job, pod);
            boolean failure = JobPods.failed(job, pod);
            if (!JobPods.tracked(pod) || drop.contains(pod)
                    || !(deleting || verdict != null || success || failure)) {
                continue;
            }
            release.add(pod);
            if (named(pod)) {
                continue;
            }
            if (success) {
                succeeded.add(pod.getMetadata().getUid());
            } else if (failure || failing) {
                failed.add(pod.getMetadata().getUid());
            }
        }
        uncounted.setSucceeded(succeeded);
        uncounted.setFailed(failed);
    }

    private void end(JobCondition verdict) {
        boolean success = verdict.getType().equals(JobConditions.MET);
        JobConditions.put(status, JobConditions.condition(success ? JobConditions.COMPLETE : JobConditions.FAILED, true,
                verdict.getReason(), verdict.getMessage(), now));
        if (success) {
            status.setCompletionTime(JobConditions.seconds(now));
            news.add(new News(false, "Completed", "Job completed"));
        } else {
            news.add(new News(true, verdict.getReason(), verdict.getMessage()));
        }
    }

    private static int number(@Nullable Integer value) {
        return ReplicaSetController.number(value);
    }

    /** The API server leaves a zero out. */
    private static @Nullable Integer nullable(int value) {
        return value == 0 ? null : value;
    }
}
