package io.claudeflow.swarm.api.v1alpha1.pod;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Picks agents by name, by label, or by both; an empty selector picks all. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AgentSelector(
        @JsonPropertyDescription("Name of one agent: its full name, or <type>-<n> for an agent that the cluster"
                + " made.") //
        @Size(max = Patterns.NAME_LENGTH) @Nullable String name,
        @JsonPropertyDescription("Labels that the SwarmAgent must have.") //
        @Size(max = 32) Map<String, String> matchLabels) {
    public AgentSelector {
        matchLabels = Absent.map(matchLabels);
    }
}
