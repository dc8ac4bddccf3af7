package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What agents may cost. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CostSpec(
        @JsonPropertyDescription("Agents on interruptible nodes.") //
        @Nullable SpotSpec spot,
        @JsonPropertyDescription("Most that the agents may cost in a month, in the currency of the price table.") //
        @Min(0) @Nullable BigDecimal monthlyBudget) {
    /** Agents on interruptible nodes. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SpotSpec(
            @JsonPropertyDescription("Share of agents on interruptible nodes, 0 to 1. Default 0.") //
            @Min(0) @Max(1) @Nullable BigDecimal share,
            @JsonPropertyDescription("Whether an agent goes to an ordinary node when no interruptible one is to be"
                    + " had. Default true.") //
            @Nullable Boolean fallback) {}
}
