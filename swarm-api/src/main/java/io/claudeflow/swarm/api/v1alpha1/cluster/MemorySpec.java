package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.pod.SecretRef;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** The memory that all agents share. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MemorySpec(
        @JsonPropertyDescription("What keeps the entries: redis, hazelcast or etcd. Default redis.") //
        @Default("redis") @Nullable Backend type,
        @JsonPropertyDescription("Room for data, for example 2Gi. Default 1Gi.") //
        @Nullable Quantity size,
        @JsonPropertyDescription("Copies of each entry, 1 to 9. Default 1.") //
        @Min(1) @Max(9) @Nullable Integer replication,
        @JsonPropertyDescription("Whether entries survive a restart of the backend. Default false.") //
        @Nullable Boolean persistence,
        @JsonPropertyDescription("Which entries the gateway's cache drops first; the backend never drops any."
                + " Default LRU.") //
        @Nullable CachePolicy cachePolicy,
        @JsonPropertyDescription("Whether values are compressed where it helps. Default false.") //
        @Nullable Boolean compression,
        @JsonPropertyDescription("How values are encrypted for entries that ask for it. Default: a key that the"
                + " operator makes.") //
        @Nullable EncryptionSpec encryption,
        @JsonPropertyDescription("Whether agents are told the address of the backend itself, beside the gateway's."
                + " Default false.") //
        @Nullable Boolean exposeUrl,
        @JsonPropertyDescription("Whether a write is acknowledged at once (async) or when a majority has it (sync)."
                + " Default sync with replication above 1 or persistence.") //
        @Nullable Durability durability,
        @JsonPropertyDescription("Size of each backend volume, for example 8Gi. Default 4 times size.") //
        @Nullable Quantity storage) {
    /** What keeps the entries. */
    public enum Backend {
        REDIS, HAZELCAST, ETCD;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** Which entries leave the cache first. */
    public enum CachePolicy {
        LRU, LFU, FIFO, TTL
    }

    /** When a write counts as done. */
    public enum Durability {
        ASYNC, SYNC;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** Where the key lies. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EncryptionSpec(
            @JsonPropertyDescription("Secret with the key; key in it by default key.") //
            @Required SecretRef keySecretRef) {}
}
