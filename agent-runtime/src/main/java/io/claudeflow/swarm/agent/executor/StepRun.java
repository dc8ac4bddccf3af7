package io.claudeflow.swarm.agent.executor;

import io.vertx.core.Future;
import java.time.Duration;

/** A step that was started. Methods are called on any thread and return at once. */
public interface StepRun {
    /** Completes, never fails, when nothing of the step runs any more. */
    Future<StepOutcome> outcome();

    /** Asks the step to end, and kills it after {@code grace}; the outcome is {@link StepOutcome.End#CANCELLED}. */
    void cancel(String reason, Duration grace);

    /** Kills everything of the step before it returns, as far as the system lets it. */
    void kill(String reason);
}
