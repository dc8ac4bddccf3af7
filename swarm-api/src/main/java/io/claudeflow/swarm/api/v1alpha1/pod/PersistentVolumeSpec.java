package io.claudeflow.swarm.api.v1alpha1.pod;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** A volume that is claimed, mounted and kept. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PersistentVolumeSpec(
        @JsonPropertyDescription("Name of the volume; lower-case letters, digits and hyphens.") //
        @Required @Size(max = Patterns.NAME_LENGTH) @Pattern(Patterns.NAME) String name,
        @JsonPropertyDescription("Size to claim, for example 10Gi.") //
        @Required Quantity size,
        @JsonPropertyDescription("Absolute path at which it is mounted.") //
        @Required @Size(max = Patterns.PATH_LENGTH) //
        @ValidationRule(value = "self.startsWith('/') && !self.contains(':')", //
                message = "mountPath must be an absolute path without a colon, for example /data") //
        String mountPath,
        @JsonPropertyDescription("Storage class; default: the cluster's.") //
        @Nullable String storageClass,
        @JsonPropertyDescription("Default: ReadWriteMany for a volume that a cluster's agents share, else"
                + " ReadWriteOnce.") //
        @Nullable AccessMode accessMode) {
    /** As Kubernetes has them. */
    public enum AccessMode {
        READ_WRITE_ONCE, READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE_POD;

        @JsonValue
        public String word() {
            return Words.pascal(this);
        }
    }
}
