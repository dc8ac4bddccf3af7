package io.claudeflow.swarm.operator.task;

import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus.CheckpointStatus;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus.Phase;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus.SubtaskStatus;
import io.claudeflow.swarm.kit.config.Durations;
import io.claudeflow.swarm.mesh.hivemind.SubtaskState;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.condition.Fact;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.claudeflow.swarm.operator.reference.Resolution;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a SwarmTask's status says. */
final class TaskStatus {
    private static final Duration EXACT = Duration.ofSeconds(10);

    private final SwarmTask task;
    private final SwarmId swarm;
    private final Instant now;
    private final SwarmTaskStatus before;

    private TaskStatus(SwarmTask task, SwarmId swarm, Instant now) {
        this.task = task;
        this.swarm = swarm;
        this.now = now;
        this.before = task.getStatus() == null ? SwarmTaskStatus.builder().build() : task.getStatus();
    }

    /**
     * Of a task that stands so in the ledger.
     *
     * @param job the Job of its last attempt, null: it has none
     */
    static SwarmTaskStatus of(SwarmTask task, SwarmId swarm, TaskState state, @Nullable String job, Instant now) {
        return new TaskStatus(task, swarm, now).known(state, job);
    }

    /** Of a task that is not in the ledger, and why. */
    static SwarmTaskStatus held(SwarmTask task, SwarmId swarm, Phase phase, Fact accepted, Instant now) {
        return new TaskStatus(task, swarm, now).unknown(phase, accepted);
    }

    /** Of a task that was cancelled before it came into the ledger. */
    static SwarmTaskStatus cancelled(SwarmTask task, SwarmId swarm, Instant now) {
        var status = new TaskStatus(task, swarm, now);
        var sentence = "It was cancelled before it was submitted.";
        return status.base(Phase.CANCELLED)
                .message(sentence)
                .finishedAt(time(now))
                .conditions(status.conditions(List.of(Resolution.resolved(swarm.cluster()),
                        Fact.no(Catalogue.COMPLETE, Catalogue.CANCELLED, sentence),
                        Fact.yes(Catalogue.FAILED, Catalogue.CANCELLED, sentence))))
                .build();
    }

    private SwarmTaskStatus unknown(Phase phase, Fact accepted) {
        return base(phase).message(accepted.message())
                .conditions(conditions(List.of(
                        Resolution.resolved(swarm.cluster()), accepted,
                        Fact.no(Catalogue.COMPLETE, Catalogue.RUNNING, "It has not ended."),
                        Fact.no(Catalogue.FAILED, Catalogue.RUNNING, "It has not ended."))))
                .build();
    }

    private SwarmTaskStatus known(TaskState state, @Nullable String job) {
        var progress = state.phase() == TaskPhase.COMPLETED
                && state.progressPercent() != null ? Integer.valueOf(100) : state.progressPercent();
        return base(phase(state)).attempts(state.attempts())
                .assignedAgents(state.agents())
                .progress(progress)
                .message(message(state))
                .exitCode(state.exitCode())
                .resumeCount(state.saved().resumeCount() == 0 ? null : Integer.valueOf(state.saved().resumeCount()))
                .checkpoint(checkpoint(state))
                .lostWork(lost(state))
                .jobName(job)
                .subtasks(state.subtasks().stream().map(TaskStatus::subtask).toList())
                .result(state.result())
                .resultTruncated(state.resultTruncated() ? true : null)
                .startedAt(time(state.startedAt()))
                .finishedAt(time(state.finishedAt()))
                .duration(duration(state))
                .conditions(conditions(List.of(Resolution.resolved(swarm.cluster()), accepted(), complete(state),
                        failed(state))))
                .build();
    }

    private SwarmTaskStatus.Builder base(Phase phase) {
        return SwarmTaskStatus.builder()
                .phase(phase)
                .observedGeneration(task.getMetadata().getGeneration())
                .clusterUid(swarm.clusterUid())
                .traceId(task.getMetadata().getUid().replace("-", ""));
    }

    private List<Condition> conditions(List<Fact> facts) {
        return Conditions.of(facts, before.conditions(), task.getMetadata().getGeneration(), now);
    }

    private Fact accepted() {
        return Fact.yes(Catalogue.ACCEPTED, Catalogue.SUBMITTED, "It is in the ledger.");
    }

    private static Fact complete(TaskState state) {
        return switch (state.phase()) {
            case COMPLETED -> Fact.yes(Catalogue.COMPLETE, Catalogue.COMPLETED, "It ended well.");
            case FAILED -> Fact.no(Catalogue.COMPLETE, Catalogue.FAILED, sentence(state));
            case CANCELLED -> Fact.no(Catalogue.COMPLETE, Catalogue.CANCELLED, sentence(state));
            case PENDING, RUNNING, SUSPENDED -> Fact.no(Catalogue.COMPLETE, Catalogue.RUNNING, "It has not ended.");
        };
    }

    private static Fact failed(TaskState state) {
        return switch (state.phase()) {
            case COMPLETED -> Fact.no(Catalogue.FAILED, Catalogue.COMPLETED, "It ended well.");
            case FAILED -> Fact.yes(Catalogue.FAILED, state.reason() == null ? Catalogue.EXIT_CODE : state.reason(),
                    sentence(state));
            case CANCELLED -> Fact.yes(Catalogue.FAILED, Catalogue.CANCELLED, sentence(state));
            case PENDING, RUNNING, SUSPENDED -> Fact.no(Catalogue.FAILED, Catalogue.RUNNING, "It has not ended.");
        };
    }

    private static String sentence(TaskState state) {
        var message = state.message();
        if (message != null && !message.isBlank()) {
            return message;
        }
        return state.exitCode() == null
                ? "It did not end well."
                : "The script ended with exit code " + state.exitCode()
                        + ".";
    }

    private static @Nullable String message(TaskState state) {
        return switch (state.phase()) {
            case FAILED, CANCELLED -> sentence(state);
            case PENDING, RUNNING, SUSPENDED, COMPLETED ->
                state.message() == null ? state.progressMessage() : state.message();
        };
    }

    private static Phase phase(TaskState state) {
        return switch (state.phase()) {
            case PENDING -> Phase.PENDING;
            case RUNNING -> Phase.RUNNING;
            case SUSPENDED -> Phase.SUSPENDED;
            case COMPLETED -> Phase.COMPLETED;
            case FAILED -> Phase.FAILED;
            case CANCELLED -> Phase.CANCELLED;
        };
    }

    private static SubtaskStatus subtask(SubtaskState state) {
        return new SubtaskStatus(state.name(), state.phase().word(), state.done() + "/" + state.of(), state.agents(),
                state.message());
    }

    private static @Nullable CheckpointStatus checkpoint(TaskState state) {
        var number = state.saved().checkpoint();
        return number == null
                ? null
                : new CheckpointStatus(Math.toIntExact(number), time(state.saved().takenAt()), null);
    }

    private static @Nullable String lost(TaskState state) {
        return state.saved().lostWork().isZero() ? null : shown(state.saved().lostWork());
    }

    private static @Nullable String duration(TaskState state) {
        var from = state.startedAt();
        var to = state.finishedAt();
        if (from == null || to == null || to.isBefore(from)) {
            return null;
        }
        return shown(Duration.between(from, to));
    }

    private static String shown(Duration exact) {
        var duration = exact.truncatedTo(ChronoUnit.MILLIS);
        return Durations.format(duration.compareTo(EXACT) < 0 ? duration : duration.truncatedTo(ChronoUnit.SECONDS));
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
