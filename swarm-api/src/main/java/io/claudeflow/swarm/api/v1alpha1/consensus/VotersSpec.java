package io.claudeflow.swarm.api.v1alpha1.consensus;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.pod.AgentSelector;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The electorate of a decision. */
@ValidationRule(value = "!has(self.max) || self.max <= 101 || (has(self.pick) && self.pick == 'all')", //
        message = "max may be above 101 only with pick: all")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VotersSpec(
        @JsonPropertyDescription("Agent types that vote. Default: all.") //
        @Size(max = 64) List<@Size(max = Patterns.NAME_LENGTH) String> types,
        @JsonPropertyDescription("Agents that vote. Default: all.") //
        @Nullable AgentSelector selector,
        @JsonPropertyDescription("Voters at most, 1 to 101, with pick: all up to 10000. Default 9.") //
        @Min(1) @Max(10_000) @Nullable Integer max,
        @JsonPropertyDescription("How voters are picked when there are more than max. Default diverse.") //
        @Nullable Pick pick) {
    public VotersSpec {
        types = Absent.list(types);
    }

    /** How voters are picked. */
    public enum Pick {
        DIVERSE, ALL, LOT;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }
}
