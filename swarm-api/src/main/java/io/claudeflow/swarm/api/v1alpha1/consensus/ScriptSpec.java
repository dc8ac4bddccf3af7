package io.claudeflow.swarm.api.v1alpha1.consensus;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A script that an agent runs on behalf of a vote. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScriptSpec(
        @JsonPropertyDescription("The script.") //
        @Required @Size(min = 1, max = Patterns.SCRIPT_LENGTH) String task) {}
