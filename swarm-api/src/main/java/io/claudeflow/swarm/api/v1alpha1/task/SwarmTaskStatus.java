package io.claudeflow.swarm.api.v1alpha1.task;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a task, as the mesh operator writes it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SwarmTaskStatus(
        @JsonPropertyDescription("Pending, Running, Suspended, Completed, Failed or Cancelled; the last three are"
                + " final.") //
        @Nullable Phase phase,
        @JsonPropertyDescription("Generation of the spec that this status is about.") //
        @Nullable Long observedGeneration,
        @JsonPropertyDescription("UID of the SwarmCluster that took this resource; once written it stays.") //
        @Nullable String clusterUid,
        @JsonPropertyDescription("Attempts begun.") //
        @Nullable Integer attempts,
        @JsonPropertyDescription("Names of the agents that do it, or did it last.") //
        List<String> assignedAgents,
        @JsonPropertyDescription("Percent done, as the task itself reports.") //
        @Nullable Integer progress,
        @JsonPropertyDescription("Last message of the task, or why it waits or failed.") //
        @Nullable String message,
        @JsonPropertyDescription("Exit code of the script.") //
        @Nullable Integer exitCode,
        @JsonPropertyDescription("The result: last line of a script's stdout, or what it set. A large one goes to"
                + " memory.") //
        @Nullable String result,
        @JsonPropertyDescription("Whether only head and tail of the result were kept.") //
        @Nullable Boolean resultTruncated,
        @JsonPropertyDescription("When the first attempt began (RFC 3339).") //
        @Nullable String startedAt,
        @JsonPropertyDescription("When it ended (RFC 3339).") //
        @Nullable String finishedAt,
        @JsonPropertyDescription("From start to end, for example 1m30s.") //
        @Nullable String duration,
        @JsonPropertyDescription("Attempts that started from a checkpoint.") //
        @Nullable Integer resumeCount,
        @JsonPropertyDescription("The last checkpoint.") //
        @Nullable CheckpointStatus checkpoint,
        @JsonPropertyDescription("Run time of attempts that ended without a result since their last checkpoint, for"
                + " example 12s.") //
        @Nullable String lostWork,
        @JsonPropertyDescription("The decision that was taken on it.") //
        @Nullable String decisionId,
        @JsonPropertyDescription("Trace in which all of its way is.") //
        @Nullable String traceId,
        @JsonPropertyDescription("Name of the Job of the last attempt.") //
        @Nullable String jobName,
        @JsonPropertyDescription("Where each subtask stands, in the order of the spec.") //
        List<SubtaskStatus> subtasks,
        @JsonPropertyDescription("What holds, by type.") //
        List<Condition> conditions) {
    public SwarmTaskStatus {
        assignedAgents = Absent.list(assignedAgents);
        subtasks = Absent.list(subtasks);
        conditions = Absent.list(conditions);
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Where the task stands. */
    public enum Phase {
        PENDING, RUNNING, SUSPENDED, COMPLETED, FAILED, CANCELLED;

        @JsonValue
        public String word() {
            return Words.pascal(this);
        }

        /** Whether nothing will change any more. */
        public boolean terminal() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }

    /** The last checkpoint. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CheckpointStatus(
            @JsonPropertyDescription("Number of the checkpoint, counted over all attempts.") //
            @Nullable Integer number,
            @JsonPropertyDescription("When it was taken (RFC 3339).") //
            @Nullable String takenAt,
            @JsonPropertyDescription("Where it is kept when it is too large for the ledger.") //
            @Nullable String reference) {}

    /** Where a subtask stands. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SubtaskStatus(
            @JsonPropertyDescription("Its name.") //
            @Nullable String name,
            @JsonPropertyDescription("Blocked, Pending, Running, Completed, Skipped, Failed or Cancelled.") //
            @Nullable String phase,
            @JsonPropertyDescription("Steps that have ended, for example 3/10.") //
            @Nullable String done,
            @JsonPropertyDescription("Names of the agents that do it, or did it last.") //
            List<String> agents,
            @JsonPropertyDescription("Why it did not end well.") //
            @Nullable String message) {
        public SubtaskStatus {
            agents = Absent.list(agents);
        }
    }

    /** Sets fields by name; for one thread. */
    public static final class Builder {
        private @Nullable Phase phase;
        private @Nullable Long observedGeneration;
        private @Nullable String clusterUid;
        private @Nullable Integer attempts;
        private List<String> assignedAgents = List.of();
        private @Nullable Integer progress;
        private @Nullable String message;
        private @Nullable Integer exitCode;
        private @Nullable String result;
        private @Nullable Boolean resultTruncated;
        private @Nullable String startedAt;
        private @Nullable String finishedAt;
        private @Nullable String duration;
        private @Nullable Integer resumeCount;
        private @Nullable CheckpointStatus checkpoint;
        private @Nullable String lostWork;
        private @Nullable String decisionId;
        private @Nullable String traceId;
        private @Nullable String jobName;
        private List<SubtaskStatus> subtasks = List.of();
        private List<Condition> conditions = List.of();

        private Builder() {}

        private Builder(SwarmTaskStatus from) {
            phase = from.phase;
            observedGeneration = from.observedGeneration;
            clusterUid = from.clusterUid;
            attempts = from.attempts;
            assignedAgents = from.assignedAgents;
            progress = from.progress;
            message = from.message;
            exitCode = from.exitCode;
            result = from.result;
            resultTruncated = from.resultTruncated;
            startedAt = from.startedAt;
            finishedAt = from.finishedAt;
            duration = from.duration;
            resumeCount = from.resumeCount;
            checkpoint = from.checkpoint;
            lostWork = from.lostWork;
            decisionId = from.decisionId;
            traceId = from.traceId;
            jobName = from.jobName;
            subtasks = from.subtasks;
            conditions = from.conditions;
        }

        public Builder phase(@Nullable Phase value) {
            phase = value;
            return this;
        }

        public Builder observedGeneration(@Nullable Long value) {
            observedGeneration = value;
            return this;
        }

        public Builder clusterUid(@Nullable String value) {
            clusterUid = value;
            return this;
        }

        public Builder attempts(@Nullable Integer value) {
            attempts = value;
            return this;
        }

        public Builder assignedAgents(List<String> value) {
            assignedAgents = value;
            return this;
        }

        public Builder progress(@Nullable Integer value) {
            progress = value;
            return this;
        }

        public Builder message(@Nullable String value) {
            message = value;
            return this;
        }

        public Builder exitCode(@Nullable Integer value) {
            exitCode = value;
            return this;
        }

        public Builder result(@Nullable String value) {
            result = value;
            return this;
        }

        public Builder resultTruncated(@Nullable Boolean value) {
            resultTruncated = value;
            return this;
        }

        public Builder startedAt(@Nullable String value) {
            startedAt = value;
            return this;
        }

        public Builder finishedAt(@Nullable String value) {
            finishedAt = value;
            return this;
        }

        public Builder duration(@Nullable String value) {
            duration = value;
            return this;
        }

        public Builder resumeCount(@Nullable Integer value) {
            resumeCount = value;
            return this;
        }

        public Builder checkpoint(@Nullable CheckpointStatus value) {
            checkpoint = value;
            return this;
        }

        public Builder lostWork(@Nullable String value) {
            lostWork = value;
            return this;
        }

        public Builder decisionId(@Nullable String value) {
            decisionId = value;
            return this;
        }

        public Builder traceId(@Nullable String value) {
            traceId = value;
            return this;
        }

        public Builder jobName(@Nullable String value) {
            jobName = value;
            return this;
        }

        public Builder subtasks(List<SubtaskStatus> value) {
            subtasks = value;
            return this;
        }

        public Builder conditions(List<Condition> value) {
            conditions = value;
            return this;
        }

        public SwarmTaskStatus build() {
            return new SwarmTaskStatus(phase, observedGeneration, clusterUid, attempts, assignedAgents, progress,
                    message, exitCode, result, resultTruncated, startedAt, finishedAt, duration, resumeCount,
                    checkpoint, lostWork, decisionId, traceId, jobName, subtasks, conditions);
        }
    }
}
