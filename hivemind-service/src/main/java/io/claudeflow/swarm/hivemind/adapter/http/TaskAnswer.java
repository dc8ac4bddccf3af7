package io.claudeflow.swarm.hivemind.adapter.http;

import io.claudeflow.swarm.hivemind.port.TaskRequests.Page;
import io.claudeflow.swarm.hivemind.port.TaskRequests.Seen;
import io.claudeflow.swarm.kit.config.Durations;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.hivemind.Saved;
import io.claudeflow.swarm.mesh.hivemind.SubtaskState;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A task as JSON; what it shares with a SwarmTask's status has the name that it has there. Absent: not known, or nothing. */
record TaskAnswer(String uid, String name, String phase, int priority, int attempts, int retriesLeft,
        List<String> assignedAgents, @Nullable Integer progress, @Nullable String message, @Nullable String reason,
        @Nullable Integer exitCode, @Nullable String result, @Nullable Boolean resultTruncated, Instant submittedAt,
        @Nullable Instant startedAt, @Nullable Instant finishedAt, @Nullable String duration, int resumeCount,
        @Nullable Checkpoint checkpoint, @Nullable String lostWork, @Nullable String traceId,
        @Nullable List<Subtask> subtasks) {
    /** The last checkpoint; its number counts over all attempts. */
    record Checkpoint(long number, @Nullable Instant takenAt) {}

    /** Where a subtask stands; {@code done} is {@code 3/10}. */
    record Subtask(String name, String phase, String done, List<String> agents, @Nullable String message) {
        static Subtask of(SubtaskState state) {
            return new Subtask(state.name(), state.phase().word(), state.done() + "/" + state.of(), state.agents(),
                    state.message());
        }
    }

    /**
     * Some tasks, each without its result and its subtasks.
     *
     * @param next what {@code after} is to be for the tasks that follow; null: there are none
     */
    record Tasks(List<TaskAnswer> tasks, @Nullable String next) {
        static Tasks of(Page page) {
            return new Tasks(page.tasks().stream().map(task -> TaskAnswer.of(task, false)).toList(),
                    page.next() == null ? null : page.next().toString());
        }
    }

    static TaskAnswer of(Seen task) {
        return of(task, true);
    }

    private static TaskAnswer of(Seen task, boolean whole) {
        var state = task.state();
        var saved = state.saved();
        boolean ended = state.phase().terminal();
        return new TaskAnswer(state.taskUid(), state.name(), word(state.phase()), task.priority(), state.attempts(),
                task.retriesLeft(), state.agents(), state.progressPercent(),
                message(state), state.reason(), state.exitCode(),
                whole ? state.result() : null, ended ? (Boolean) state.resultTruncated() : null, state.submittedAt(),
                state.startedAt(), state.finishedAt(), duration(state), saved.resumeCount(), checkpoint(saved),
                saved.lostWork().isZero() ? null : Durations.format(saved.lostWork()),
                trace(task.traceparent()),
                whole && !state.subtasks().isEmpty() ? state.subtasks().stream().map(Subtask::of).toList() : null);
    }

    /** One that cannot be read would be a new one each time. */
    private static @Nullable String trace(String traceparent) {
        var id = TraceContext.parse(traceparent).traceId();
        return traceparent.contains(id) ? id : null;
    }

    private static @Nullable String message(TaskState state) {
        var said = state.message() == null ? state.progressMessage() : state.message();
        return said == null || said.isEmpty() ? null : said;
    }

    private static @Nullable String duration(TaskState state) {
        var start = state.startedAt();
        var end = state.finishedAt();
        return start == null || end == null || end.isBefore(start)
                ? null
                : Durations.format(Duration.between(start, end));
    }

    private static @Nullable Checkpoint checkpoint(Saved saved) {
        var number = saved.checkpoint();
        return number == null ? null : new Checkpoint(number, saved.takenAt());
    }

    /** As people write it: {@code Completed}. */
    static String word(TaskPhase phase) {
        return phase.name().charAt(0) + phase.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
