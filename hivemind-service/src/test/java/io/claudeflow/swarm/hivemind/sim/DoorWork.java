package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.task.v1.Work;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A task as a client of the door says it. */
final class DoorWork {
    private DoorWork() {}

    static Work of(TaskSpec spec) {
        var timeouts = spec.timeouts();
        // Retries wait up to a minute here: what is mostly too slow would not end in the time that a history has.
        var run = spec.retries().limit() == Settlement.MANY ? null : timeouts.run();
        return Work.newBuilder()
                .setScript(spec.script())
                .setPriority(spec.priority())
                .setTimeoutMillis(millis(run))
                .setQueueTimeoutMillis(millis(timeouts.queue()))
                .setStartTimeoutMillis(millis(timeouts.start()))
                .setDeadlineMillis(millis(timeouts.deadline()))
                .setRetryLimit(spec.retries().limit())
                .setRetryBackoffMillis(millis(spec.retries().backoff()))
                .setLostNever(spec.retries().onLost() == OnLost.NEVER)
                .setResume(spec.resume().enabled())
                .build();
    }

    private static long millis(@Nullable Duration duration) {
        return duration == null ? 0 : duration.toMillis();
    }
}
