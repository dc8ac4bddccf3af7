package io.claudeflow.swarm.operator.job;

import io.claudeflow.swarm.mesh.hivemind.JobPhase;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.jspecify.annotations.Nullable;

/** One thing that is to be done about a task's Jobs. */
sealed interface JobStep {
    /** Make the Job of an attempt, and its claims first. */
    record Create(StepKey step) implements JobStep {}

    /** Its attempt is over: the Job goes with its pods, and is gone only when they are. */
    record Delete(Job job) implements JobStep {}

    /** The ledger is to know that this pod may take that step. */
    record Declare(Pod pod, StepKey step) implements JobStep {}

    /** The ledger is to know what was seen. */
    record Report(StepKey step, String podUid, JobPhase phase, @Nullable Integer exitCode, @Nullable String reason,
            String message) implements JobStep {}
}
