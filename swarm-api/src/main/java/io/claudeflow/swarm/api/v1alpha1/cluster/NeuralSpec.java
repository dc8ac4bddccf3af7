package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.pod.SecretRef;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inference and training of models. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NeuralSpec(
        @JsonPropertyDescription("Whether models are served. Default true.") //
        @Nullable Boolean enabled,
        @JsonPropertyDescription("What runs the models: cpu, gpu, or wasm-simd (also served to browsers). Default"
                + " cpu.") //
        @Nullable Acceleration acceleration,
        @JsonPropertyDescription("Whether models learn from results. Default false.") //
        @Nullable Boolean trainingEnabled,
        @JsonPropertyDescription("The models.") //
        @Size(max = 64) List<ModelSpec> models,
        @JsonPropertyDescription("Where s3:// paths are.") //
        @Nullable StorageSpec storage) {
    public NeuralSpec {
        models = Absent.list(models);
    }

    /** Whether models are served: unless it says no. */
    public boolean on() {
        return !Boolean.FALSE.equals(enabled);
    }

    /** What runs the models. */
    public enum Acceleration {
        CPU, GPU, WASM_SIMD;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** One model. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ModelSpec(
            @JsonPropertyDescription("Name of the model.") //
            @Required @Size(max = Patterns.NAME_LENGTH) @Pattern(Patterns.NAME) String name,
            @JsonPropertyDescription("What it is for, for example pattern-recognition, prediction, optimization.") //
            @Size(max = 63) @Nullable String type,
            @JsonPropertyDescription("Where it lies: s3://bucket/key, or an absolute path on a volume.") //
            @Size(max = 1024) @Nullable String path) {}

    /** An S3 service. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record StorageSpec(
            @JsonPropertyDescription("Address of the service. Default: the provider's for the region.") //
            @Size(max = 1024) @Nullable String endpoint,
            @JsonPropertyDescription("Region. Default us-east-1.") //
            @Size(max = 63) @Nullable String region,
            @JsonPropertyDescription("Secret with keys accessKey and secretKey.") //
            @Nullable SecretRef secretRef) {}
}
