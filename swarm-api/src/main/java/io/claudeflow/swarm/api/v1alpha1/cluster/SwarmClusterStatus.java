package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is so, as the two operators write it: {@code mesh} is the mesh operator's, the rest the cluster operator's; each
 * owns the conditions of the types that it writes.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SwarmClusterStatus(
        @JsonPropertyDescription("Pending, Starting, Ready, Degraded or Draining.") //
        @Nullable Phase phase,
        @JsonPropertyDescription("Generation of the spec that this status is about.") //
        @Nullable Long observedGeneration,
        @JsonPropertyDescription("Agents that the cluster has made; for kubectl scale.") //
        @StatusReplicas @Nullable Integer replicas,
        @JsonPropertyDescription("Label selector of the agents that the cluster has made; for kubectl scale.") //
        @LabelSelector @Nullable String selector,
        @JsonPropertyDescription("Agents, counted.") //
        @Nullable AgentCounts agents,
        @JsonPropertyDescription("What the mesh operator reports.") //
        @Nullable MeshStatus mesh,
        @JsonPropertyDescription("Addresses by service, for example hivemind, memory, metrics.") //
        Map<String, String> endpoints,
        @JsonPropertyDescription("What holds, by type.") //
        List<Condition> conditions) {
    public SwarmClusterStatus {
        endpoints = Absent.map(endpoints);
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

    /** Where the swarm stands. */
    public enum Phase {
        PENDING, STARTING, READY, DEGRADED, DRAINING;

        @JsonValue
        public String word() {
            return Words.pascal(this);
        }
    }

    /** Agents, counted. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AgentCounts(
            @JsonPropertyDescription("Agents that the spec asks for.") //
            @Nullable Integer wanted,
            @JsonPropertyDescription("Agents that the cluster has made.") //
            @Nullable Integer made,
            @JsonPropertyDescription("Agents with an open stream to the hive-mind.") //
            @Nullable Integer connected,
            @JsonPropertyDescription("Agents made by hand that joined; they do not count towards replicas.") //
            @Nullable Integer joined) {}

    /** Sets fields by name; for one thread. */
    public static final class Builder {
        private @Nullable Phase phase;
        private @Nullable Long observedGeneration;
        private @Nullable Integer replicas;
        private @Nullable String selector;
        private @Nullable AgentCounts agents;
        private @Nullable MeshStatus mesh;
        private Map<String, String> endpoints = Map.of();
        private List<Condition> conditions = List.of();

        private Builder() {}

        private Builder(SwarmClusterStatus from) {
            phase = from.phase;
            observedGeneration = from.observedGeneration;
            replicas = from.replicas;
            selector = from.selector;
            agents = from.agents;
            mesh = from.mesh;
            endpoints = from.endpoints;
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

        public Builder replicas(@Nullable Integer value) {
            replicas = value;
            return this;
        }

        public Builder selector(@Nullable String value) {
            selector = value;
            return this;
        }

        public Builder agents(@Nullable AgentCounts value) {
            agents = value;
            return this;
        }

        public Builder mesh(@Nullable MeshStatus value) {
            mesh = value;
            return this;
        }

        public Builder endpoints(Map<String, String> value) {
            endpoints = value;
            return this;
        }

        public Builder conditions(List<Condition> value) {
            conditions = value;
            return this;
        }

        public SwarmClusterStatus build() {
            return new SwarmClusterStatus(phase, observedGeneration, replicas, selector, agents, mesh, endpoints,
                    conditions);
        }
    }
}
