package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many agents of which type. */
@ValidationRule(value = "!has(self.minAgents) || !has(self.maxAgents) || self.minAgents <= self.maxAgents", //
        message = "minAgents must not be larger than maxAgents")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AutoscalingSpec(
        @JsonPropertyDescription("Whether the number of agents follows the load. Default true.") //
        @Nullable Boolean enabled,
        @JsonPropertyDescription("Agents at least, 0 to 10000. Default 3.") //
        @Min(0) @Max(10_000) @Nullable Integer minAgents,
        @JsonPropertyDescription("Agents at most, 1 to 10000. Default 10, or minAgents where that is more.") //
        @Min(1) @Max(10_000) @Nullable Integer maxAgents,
        @JsonPropertyDescription("Share of busy agents to aim at, in percent, 1 to 100. Default 80.") //
        @Min(1) @Max(100) @Nullable Integer targetUtilization,
        @JsonPropertyDescription("Percent of agents by type; the numbers sum to 100.") //
        @Size(max = 64) //
        @ValidationRule(value = "self.map(t, self[t]).sum() == 100", //
                message = "topologyRatios must be whole percentages that sum to 100") //
        //
        @ValidationRule(value = "self.all(t, t.size() <= 63 &&"
                + " t.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'))", //
                message = "topologyRatios must be keyed by agent types: lower-case letters, digits and hyphens, at"
                        + " most 63") //
        Map<String, @Min(0) @Max(100) Integer> topologyRatios,
        @JsonPropertyDescription("What is measured; the metric that asks for most agents wins.") //
        @Size(max = 32) List<MetricSpec> metrics,
        @JsonPropertyDescription("Scaling ahead of a forecast.") //
        @Nullable PredictionSpec prediction,
        @JsonPropertyDescription("How fast to scale, as in a HorizontalPodAutoscaler (autoscaling/v2).") //
        @Nullable HorizontalPodAutoscalerBehavior behavior,
        @JsonPropertyDescription("What agents may cost.") //
        @Nullable CostSpec cost) {
    /** Agents at least when the spec does not say. */
    public static final int DEFAULT_MIN_AGENTS = 3;
    /** Agents at most when the spec does not say. */
    public static final int DEFAULT_MAX_AGENTS = 10;

    public AutoscalingSpec {
        topologyRatios = Absent.map(topologyRatios);
        metrics = Absent.list(metrics);
    }

    /** Whether the number of agents follows the load: unless it says no. */
    public boolean on() {
        return !Boolean.FALSE.equals(enabled);
    }
}
