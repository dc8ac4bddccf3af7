package io.claudeflow.swarm.api.v1alpha1.memory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.claudeflow.swarm.api.v1alpha1.schema.PropertyValues;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of the shared memory. */
@SchemaCustomizer(value = PropertyValues.class, //
        input = "{ttl: {minimum: 0, maximum: 2147483647, pattern: '^([0-9]{1,9}(ms|s|m|h|d)){1,5}$|^[0-9]+$'}}")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SwarmMemorySpec(
        @JsonPropertyDescription("Name of the SwarmCluster in the same namespace. Default: the namespace's only"
                + " one.") //
        @Size(max = 253) @Nullable String clusterRef,
        @JsonPropertyDescription("Namespace of the memory (not of Kubernetes); it only partitions keys. Default default.") //
        @Default("default") @Size(min = 1, max = 63) //
        @ValidationRule(value = "self.matches('^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$')", //
                message = "namespace must be letters, digits, '-', '_' and '.', and begin and end with a letter or"
                        + " digit") //
        @Nullable String namespace,
        @JsonPropertyDescription("Key of the entry, at most 512 characters; it may hold slashes.") //
        @Required @Size(min = 1, max = 512) //
        @ValidationRule(value = "!self.matches('(^|/)[.]{0,2}(/|$)|[[:cntrl:]]')", //
                message = "key must not have empty, '.' or '..' segments between slashes, nor control characters") //
        String key,
        @JsonPropertyDescription("The value, at most 1 MiB; JSON when it parses, else text.") //
        @Required @Size(max = 1_048_576) @JsonInclude(JsonInclude.Include.NON_NULL) String value,
        @JsonPropertyDescription("What kind of entry it is, for example knowledge.") //
        @Size(max = 63) @Nullable String type,
        @JsonPropertyDescription("How long it is kept: seconds, or a duration such as 24h; 0 keeps it for ever."
                + " Default 0.") //
        @Nullable IntOrString ttl,
        @JsonPropertyDescription("How long it stays in the cache, 0 to 100; from 90 on it leaves last. Default 50.") //
        @Min(0) @Max(100) @Nullable Integer priority,
        @JsonPropertyDescription("Words to find it by.") //
        @Size(max = 64) List<@Size(max = 63) String> tags,
        @JsonPropertyDescription("Whether the value is compressed where it helps. Default: the cluster's.") //
        @Nullable Boolean compression,
        @JsonPropertyDescription("Whether the value is encrypted. Default false.") //
        @Nullable Boolean encryption,
        @JsonPropertyDescription("Agents that may read and write it, by full name or <type>-<n>. Default: all"
                + " agents may read it.") //
        @Size(max = 256) List<@Size(max = Patterns.NAME_LENGTH) String> sharedWith) {
    public SwarmMemorySpec {
        tags = Absent.list(tags);
        sharedWith = Absent.list(sharedWith);
    }
}
