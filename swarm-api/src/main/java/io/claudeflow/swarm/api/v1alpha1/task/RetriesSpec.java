package io.claudeflow.swarm.api.v1alpha1.task;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What follows a failed or lost attempt. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetriesSpec(
        @JsonPropertyDescription("Further attempts after the first, 0 to 100. Default 3.") //
        @Min(0) @Max(100) @Nullable Integer limit,
        @JsonPropertyDescription("Pause before the first retry, for example 1s; it doubles up to 1m, with jitter."
                + " Default 1s.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String backoff,
        @JsonPropertyDescription("Whether an attempt that was lost with its agent is done again; never is for work"
                + " that must not run twice. Default retry.") //
        @Nullable OnLost onLost) {
    /** What follows the loss of an agent. */
    public enum OnLost {
        RETRY, NEVER;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }
}
