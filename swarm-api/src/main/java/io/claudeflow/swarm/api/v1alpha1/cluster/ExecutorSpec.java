package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.pod.PersistentVolumeSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.ResourcesSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.SecretMount;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Defaults for tasks that run as Jobs. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExecutorSpec(
        @JsonPropertyDescription("Image of Jobs. Default: the release's own executor image.") //
        @Size(max = 1024) @Nullable String image,
        @JsonPropertyDescription("Secrets mounted into every Job.") //
        @Size(max = 32) List<SecretMount> secrets,
        @JsonPropertyDescription("Volumes mounted into every Job.") //
        @Size(max = 16) List<PersistentVolumeSpec> persistentVolumes,
        @JsonPropertyDescription("What each Job asks for.") //
        @Nullable ResourcesSpec resources,
        @JsonPropertyDescription("Whether tasks that do not say run as Jobs (job), or only those that name an"
                + " image, secrets or volumes (auto). Default auto.") //
        @Nullable Execution execution) {
    public ExecutorSpec {
        secrets = Absent.list(secrets);
        persistentVolumes = Absent.list(persistentVolumes);
    }

    /** How tasks run that do not say. */
    public enum Execution {
        AUTO, JOB;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }
}
