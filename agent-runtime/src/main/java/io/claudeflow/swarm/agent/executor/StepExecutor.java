package io.claudeflow.swarm.agent.executor;

/** Runs steps of one kind, as many at a time as it is given. */
public interface StepExecutor {
    /**
     * Starts a step and returns at once. Never throws: what cannot be started ends as {@link StepOutcome.End#NOT_STARTED}.
     * Call on an event-loop context of the agent; the run's future completes there, {@code listener} is called on any thread.
     */
    StepRun start(StepRequest request, StepListener listener);
}
