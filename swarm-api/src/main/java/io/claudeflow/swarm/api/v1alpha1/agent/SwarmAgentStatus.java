package io.claudeflow.swarm.api.v1alpha1.agent;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is so, as the mesh operator writes it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SwarmAgentStatus(
        @JsonPropertyDescription("Pending, Starting, Connected, Disconnected, Draining or Failed.") //
        @Nullable Phase phase,
        @JsonPropertyDescription("Generation of the spec that this status is about.") //
        @Nullable Long observedGeneration,
        @JsonPropertyDescription("UID of the SwarmCluster that took this resource; once written it stays.") //
        @Nullable String clusterUid,
        @JsonPropertyDescription("Name of its pod.") //
        @Nullable String podName,
        @JsonPropertyDescription("Whether it has an open stream to the hive-mind.") //
        @Nullable Boolean connected,
        @JsonPropertyDescription("Steps that it is doing.") //
        @Nullable Integer running,
        @JsonPropertyDescription("What holds, by type.") //
        List<Condition> conditions) {
    public SwarmAgentStatus {
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

    /** Where the agent stands. */
    public enum Phase {
        PENDING, STARTING, CONNECTED, DISCONNECTED, DRAINING, FAILED;

        @JsonValue
        public String word() {
            return Words.pascal(this);
        }
    }

    /** Sets fields by name; for one thread. */
    public static final class Builder {
        private @Nullable Phase phase;
        private @Nullable Long observedGeneration;
        private @Nullable String clusterUid;
        private @Nullable String podName;
        private @Nullable Boolean connected;
        private @Nullable Integer running;
        private List<Condition> conditions = List.of();

        private Builder() {}

        private Builder(SwarmAgentStatus from) {
            phase = from.phase;
            observedGeneration = from.observedGeneration;
            clusterUid = from.clusterUid;
            podName = from.podName;
            connected = from.connected;
            running = from.running;
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

        public Builder podName(@Nullable String value) {
            podName = value;
            return this;
        }

        public Builder connected(@Nullable Boolean value) {
            connected = value;
            return this;
        }

        public Builder running(@Nullable Integer value) {
            running = value;
            return this;
        }

        public Builder conditions(List<Condition> value) {
            conditions = value;
            return this;
        }

        public SwarmAgentStatus build() {
            return new SwarmAgentStatus(phase, observedGeneration, clusterUid, podName, connected, running, conditions);
        }
    }
}
