package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done for a Job next, in this order.
 *
 * @param drop    pods that are one too many: released, deleted, and counted for nothing
 * @param stop    pods that a failure ends: deleted, and counted before they are released
 * @param create  how many pods more
 * @param status  what the Job then says; it names the pods that are being counted
 * @param release pods that lose their finalizer once the status is written
 * @param news    what people are told
 * @param again   when to look again without news, or null
 */
record JobPlan(List<Pod> drop, List<Pod> stop, int create, JobStatus status, List<Pod> release, List<News> news,
        @Nullable Instant again) {
    JobPlan {
        drop = List.copyOf(drop);
        stop = List.copyOf(stop);
        release = List.copyOf(release);
        news = List.copyOf(news);
    }

    /** An Event about the Job. */
    record News(boolean warning, String reason, String message) {}
}
