package io.claudeflow.swarm.api.v1alpha1.pod;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The language model that does tasks with executor llm. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LlmSpec(
        @JsonPropertyDescription("Address of an HTTP endpoint that speaks the chat completions API.") //
        @Nullable String endpoint,
        @JsonPropertyDescription("Name of the model, as the endpoint knows it.") //
        @Nullable String model,
        @JsonPropertyDescription("Secret with the key to the endpoint; key in it by default apiKey.") //
        @Nullable SecretRef secretRef) {}
