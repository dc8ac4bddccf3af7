package io.claudeflow.swarm.api.v1alpha1.pod;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A Secret of the same namespace whose keys become files. Its values enter neither ledger nor bus. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretMount(
        @JsonPropertyDescription("Name of the Secret.") //
        @Required @Size(max = 253) String name,
        @JsonPropertyDescription("Absolute path of the folder that holds its keys as files. Default:"
                + " /secrets/<name>.") //
        @Size(max = Patterns.PATH_LENGTH) //
        @ValidationRule(value = "self.startsWith('/') && !self.contains(':')", //
                message = "mountPath must be an absolute path without a colon, for example /secrets/gcp") //
        @Nullable String mountPath) {}
