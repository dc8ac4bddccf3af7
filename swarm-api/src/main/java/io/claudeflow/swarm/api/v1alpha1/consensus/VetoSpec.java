package io.claudeflow.swarm.api.v1alpha1.consensus;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.pod.AgentSelector;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Who may stop a decision after it was made, and for how long. */
@ValidationRule(value = "!has(self.by) || self.by != 'selector' || has(self.selector)", //
        message = "by: selector needs a selector that says who may veto")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VetoSpec(
        @JsonPropertyDescription("Default none.") //
        @Nullable By by,
        @JsonPropertyDescription("The agents that may veto, with by: selector.") //
        @Nullable AgentSelector selector,
        @JsonPropertyDescription("How long a decision is provisional, for example 30s. Default 0s.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String window) {
    /** Who may veto. */
    public enum By {
        NONE, QUEEN, SELECTOR;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }
}
