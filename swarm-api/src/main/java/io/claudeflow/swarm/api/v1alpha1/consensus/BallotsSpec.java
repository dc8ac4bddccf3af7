package io.claudeflow.swarm.api.v1alpha1.consensus;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import org.jspecify.annotations.Nullable;

/** What a voter may do with her ballot. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BallotsSpec(
        @JsonPropertyDescription("Whether a ballot may be changed until the close; needs close: deadline. Default"
                + " false.") //
        @Nullable Boolean revote,
        @JsonPropertyDescription("Whether a candidate may vote for her own answer. Default allowed.") //
        @Nullable Own own) {
    /** Votes for one's own answer. */
    public enum Own {
        ALLOWED, EXCLUDED;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }
}
