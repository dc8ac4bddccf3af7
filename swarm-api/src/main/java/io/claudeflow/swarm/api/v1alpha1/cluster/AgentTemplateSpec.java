package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.claudeflow.swarm.api.v1alpha1.pod.LlmSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.ResourcesSpec;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the cluster's own agents run on. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AgentTemplateSpec(
        @JsonPropertyDescription("Image. Default: the release's own agent image.") //
        @Size(max = 1024) @Nullable String image,
        @JsonPropertyDescription("What each agent asks for. Default: the resourceProfile's.") //
        @Nullable ResourcesSpec resources,
        @JsonPropertyDescription("Security context of the pods. Default: not root, runtime's default seccomp"
                + " profile.") //
        @Nullable PodSecurityContext securityContext,
        @JsonPropertyDescription("Labels that a node must have.") //
        Map<String, String> nodeSelector,
        @JsonPropertyDescription("Taints of nodes that the pods tolerate.") //
        @Size(max = 32) List<Toleration> tolerations,
        @JsonPropertyDescription("Affinity of the pods, as in a Pod.") //
        @PreserveUnknownFields @SchemaFrom(type = Object.class) @Nullable Affinity affinity,
        @JsonPropertyDescription("Environment variables.") //
        @Size(max = 256) List<EnvVar> env,
        @JsonPropertyDescription("Language model for tasks with executor llm.") //
        @Nullable LlmSpec llm,
        @JsonPropertyDescription("Size of a workspace volume for each agent, for example 10Gi. Default: none.") //
        @Nullable Quantity storage,
        @JsonPropertyDescription("Overrides by agent type, field by field.") //
        @Size(max = 64) Map<String, AgentTypeSpec> types) {
    public AgentTemplateSpec {
        nodeSelector = Absent.map(nodeSelector);
        tolerations = Absent.list(tolerations);
        env = Absent.list(env);
        types = Absent.map(types);
    }
}
