package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Scaling ahead of a forecast. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PredictionSpec(
        @JsonPropertyDescription("Forecasting model. Default: the one with the smallest error so far.") //
        @Size(max = 253) @Nullable String model,
        @JsonPropertyDescription("How far ahead to look, for example 5m.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String horizon,
        @JsonPropertyDescription("Share of forecasts that the real load should stay below, above 0 and below 1."
                + " Default 0.9.") //
        @Min(value = 0, inclusive = false) @Max(value = 1, inclusive = false) @Nullable BigDecimal confidence) {}
