package io.claudeflow.swarm.mesh.hivemind;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task's latest state as the ledger holds it.
 *
 * @param seq             of its last change; acknowledged by {@link HivemindCommand.AckTasks}
 * @param attempts        begun so far
 * @param agents          names of those that work or last worked on it
 * @param progressPercent 0 to 100, null: never reported
 * @param exitCode        of the last attempt, null before its end
 * @param reason          a stable word for a final phase that is not COMPLETED, for example TimedOut, ExitCode, AgentLost
 * @param saved           what is kept of its attempts
 * @param jobs            attempts for which a Job is wanted or runs; a Job of any other attempt is to go
 * @param subtasks        where each subtask stands, in the spec's order
 * @param transitions     the last 16, oldest first
 */
public record TaskState(String taskUid, TaskOrigin origin, String namespace, String name, long generation, long seq,
        TaskPhase phase, int attempts, List<String> agents, @Nullable Integer progressPercent,
        @Nullable String progressMessage, Instant submittedAt, @Nullable Instant startedAt,
        @Nullable Instant finishedAt, @Nullable Integer exitCode, @Nullable String result, boolean resultTruncated,
        @Nullable String reason, @Nullable String message, Saved saved, List<JobAttempt> jobs,
        List<SubtaskState> subtasks, List<TaskTransition> transitions) {
    public TaskState {
        agents = List.copyOf(agents);
        jobs = List.copyOf(jobs);
        subtasks = List.copyOf(subtasks);
        transitions = List.copyOf(transitions);
    }
}
