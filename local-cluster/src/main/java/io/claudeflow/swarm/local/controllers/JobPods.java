package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a Job reads off its pods. Pure. */
final class JobPods {
    /** On a pod that its Job has not counted yet. */
    static final String FINALIZER = "batch.kubernetes.io/job-tracking";
    private static final Duration LAST_WAIT = Duration.ofSeconds(60);
    /** Those that have got least far go first. */
    static final Comparator<Pod> LEAST_FIRST = Comparator
            .comparing((Pod pod) -> pod.getSpec().getNodeName() != null)
            .thenComparing(pod -> "Running".equals(phase(pod)))
            .thenComparing(Templates::ready)
            .thenComparing(pod -> pod.getMetadata().getCreationTimestamp(),
                    Comparator.nullsLast(Comparator.reverseOrder()));

    private JobPods() {}

    static boolean tracked(Pod pod) {
        return pod.getMetadata().getFinalizers().contains(FINALIZER);
    }

    /**
     * Whether it counts as a success. One that was deleted before it had ended does not, however well it ended then:
     * kube-controller-manager takes such a pod for what it is when it looks, which here would be chance.
     */
    static boolean succeeded(Job job, Pod pod) {
        return "Succeeded".equals(phase(pod)) && (replacedWhenEnded(job) || !cutShort(pod));
    }

    /**
     * Whether it counts as a failure. One that is deleted counts at once, in case it never comes to an end of its own; unless it is
     * replaced only when it has ended, or its Job is being deleted itself.
     */
    static boolean failed(Job job, Pod pod) {
        if (Templates.ended(pod)) {
            return !succeeded(job, pod);
        }
        return pod.getMetadata().getDeletionTimestamp() != null && !replacedWhenEnded(job)
                && job.getMetadata().getDeletionTimestamp() == null;
    }

    private static boolean cutShort(Pod pod) {
        var meta = pod.getMetadata();
        if (meta.getDeletionTimestamp() == null) {
            return false;
        }
        var grace = meta.getDeletionGracePeriodSeconds();
        var asked = Instant.parse(meta.getDeletionTimestamp()).minusSeconds(grace == null ? 0 : grace);
        return !finished(pod).isBefore(asked);
    }

    static boolean replacedWhenEnded(Job job) {
        return "Failed".equals(job.getSpec().getPodReplacementPolicy());
    }

    /** Deleted, and still ending. */
    static boolean terminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null && !Templates.ended(pod);
    }

    /** How often containers were started again, in pods that have not ended. */
    static int restarts(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> !Templates.ended(pod))
                .flatMap(JobPods::containers)
                .mapToInt(container -> ReplicaSetController.number(container.getRestartCount()))
                .sum();
    }

    /**
     * When a pod may follow one that failed: at once, after the next failure in a row 1 s later, doubling to 60 s; null for at once.
     * (Kubernetes begins with 10 s.)
     */
    static @Nullable Instant mayFollow(Job job, List<Pod> pods) {
        var success = pods.stream()
                .filter(pod -> succeeded(job, pod))
                .map(JobPods::finished)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        var failures = pods.stream()
                .filter(pod -> Templates.ended(pod) && !succeeded(job, pod))
                .map(JobPods::finished)
                .filter(time -> !time.isBefore(success))
                .sorted()
                .toList();
        if (failures.size() < 2) {
            return null;
        }
        var wait = Duration.ofSeconds(1L << Math.min(10, failures.size() - 2));
        return failures.getLast().plus(wait.compareTo(LAST_WAIT) > 0 ? LAST_WAIT : wait);
    }

    private static Instant finished(Pod pod) {
        return containers(pod).map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .map(state -> state.getTerminated())
                .filter(Objects::nonNull)
                .map(terminated -> terminated.getFinishedAt())
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Comparator.naturalOrder())
                .orElseGet(() -> Instant.parse(pod.getMetadata().getCreationTimestamp()));
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return pod.getStatus() == null
                ? Stream.empty()
                : Stream.concat(pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream());
    }

    private static @Nullable String phase(Pod pod) {
        return pod.getStatus() == null ? null : pod.getStatus().getPhase();
    }
}
