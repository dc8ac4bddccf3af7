package io.claudeflow.swarm.api.v1alpha1.memory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the entry stands, as the mesh operator writes it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SwarmMemoryStatus(
        @JsonPropertyDescription("Generation of the spec that this status is about.") //
        @Nullable Long observedGeneration,
        @JsonPropertyDescription("UID of the SwarmCluster that took this resource; once written it stays.") //
        @Nullable String clusterUid,
        @JsonPropertyDescription("Bytes of the value.") //
        @Nullable Long size,
        @JsonPropertyDescription("Bytes that it takes in the backend.") //
        @Nullable Long storedSize,
        @JsonPropertyDescription("Version of the entry; each write raises it.") //
        @Nullable Long version,
        @JsonPropertyDescription("When it ends (RFC 3339); absent: never.") //
        @Nullable String expiresAt,
        @JsonPropertyDescription("What keeps it: redis, hazelcast or etcd.") //
        @Nullable String backend,
        @JsonPropertyDescription("Reads, gathered every few seconds.") //
        @Nullable Long accessCount,
        @JsonPropertyDescription("What holds, by type.") //
        List<Condition> conditions) {
    public SwarmMemoryStatus {
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

    /** Sets fields by name; for one thread. */
    public static final class Builder {
        private @Nullable Long observedGeneration;
        private @Nullable String clusterUid;
        private @Nullable Long size;
        private @Nullable Long storedSize;
        private @Nullable Long version;
        private @Nullable String expiresAt;
        private @Nullable String backend;
        private @Nullable Long accessCount;
        private List<Condition> conditions = List.of();

        private Builder() {}

        private Builder(SwarmMemoryStatus from) {
            observedGeneration = from.observedGeneration;
            clusterUid = from.clusterUid;
            size = from.size;
            storedSize = from.storedSize;
            version = from.version;
            expiresAt = from.expiresAt;
            backend = from.backend;
            accessCount = from.accessCount;
            conditions = from.conditions;
        }

        public Builder observedGeneration(@Nullable Long value) {
            observedGeneration = value;
            return this;
        }

        public Builder clusterUid(@Nullable String value) {
            clusterUid = value;
            return this;
        }

        public Builder size(@Nullable Long value) {
            size = value;
            return this;
        }

        public Builder storedSize(@Nullable Long value) {
            storedSize = value;
            return this;
        }

        public Builder version(@Nullable Long value) {
            version = value;
            return this;
        }

        public Builder expiresAt(@Nullable String value) {
            expiresAt = value;
            return this;
        }

        public Builder backend(@Nullable String value) {
            backend = value;
            return this;
        }

        public Builder accessCount(@Nullable Long value) {
            accessCount = value;
            return this;
        }

        public Builder conditions(List<Condition> value) {
            conditions = value;
            return this;
        }

        public SwarmMemoryStatus build() {
            return new SwarmMemoryStatus(observedGeneration, clusterUid, size, storedSize, version, expiresAt, backend,
                    accessCount, conditions);
        }
    }
}
