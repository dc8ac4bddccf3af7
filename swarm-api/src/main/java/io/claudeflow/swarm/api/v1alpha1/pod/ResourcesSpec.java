package io.claudeflow.swarm.api.v1alpha1.pod;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What one pod asks for. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResourcesSpec(
        @JsonPropertyDescription("Processor time, for example 500m or 2.") //
        @Nullable Quantity cpu,
        @JsonPropertyDescription("Memory, for example 512Mi or 4Gi.") //
        @Nullable Quantity memory,
        @JsonPropertyDescription("Whole graphics processors (nvidia.com/gpu), for example 1.") //
        @Nullable Quantity gpu) {}
