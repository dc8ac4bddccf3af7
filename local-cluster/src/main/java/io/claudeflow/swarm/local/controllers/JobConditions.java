package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The conditions of a Job: what was decided first ({@link #MET}, {@link #TARGET}), and that it has come about. Pure. */
final class JobConditions {
    static final String MET = "SuccessCriteriaMet";
    static final String COMPLETE = "Complete";
    static final String TARGET = "FailureTarget";
    static final String FAILED = "Failed";
    static final String SUSPENDED = "Suspended";

    private JobConditions() {}

    /** The condition of that type, whatever its status. */
    static Optional<JobCondition> find(JobStatus status, String type) {
        return status.getConditions().stream().filter(condition -> type.equals(condition.getType())).findFirst();
    }

    /** The condition of that type if it holds. */
    static Optional<JobCondition> holding(JobStatus status, String type) {
        return find(status, type).filter(condition -> "True".equals(condition.getStatus()));
    }

    /** The condition with which the Job ended, if it has. */
    static Optional<JobCondition> end(Job job) {
        var status = job.getStatus();
        return status == null
                ? Optional.empty()
                : holding(status, COMPLETE).or(() -> holding(status, FAILED));
    }

    static JobCondition condition(String type, boolean holds, String reason, String message, Instant now) {
        return new JobConditionBuilder().withType(type)
                .withStatus(holds ? "True" : "False")
                .withReason(reason)
                .withMessage(message)
                .withLastProbeTime(seconds(now))
                .withLastTransitionTime(seconds(now))
                .build();
    }

    /** Says it if that is news; a condition that does not hold is news only after one that did. */
    static boolean put(JobStatus status, JobCondition condition) {
        var before = find(status, condition.getType());
        if (before.isEmpty() && "False".equals(condition.getStatus())
                || before.isPresent() && before.get().getStatus().equals(condition.getStatus())) {
            return false;
        }
        before.ifPresent(status.getConditions()::remove);
        status.getConditions().add(condition);
        return true;
    }

    static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
