package io.claudeflow.swarm.api.v1alpha1.pod;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A Secret of the same namespace, or one key in it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretRef(
        @JsonPropertyDescription("Name of the Secret.") //
        @Required @Size(max = 253) String name,
        @JsonPropertyDescription("Key in the Secret; default: the one that its reader expects.") //
        @Nullable String key) {}
