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

/** What the cluster's own agents of one type run on, where it differs from the template. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AgentTypeSpec(
        @JsonPropertyDescription("Image. Default: the template's.") //
        @Size(max = 1024) @Nullable String image,
        @JsonPropertyDescription("What each agent asks for. Default: the template's.") //
        @Nullable ResourcesSpec resources,
        @JsonPropertyDescription("Security context of the pods. Default: the template's.") //
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
        @JsonPropertyDescription("Size of a workspace volume for each agent, for example 10Gi. Default: the"
                + " template's.") //
        @Nullable Quantity storage) {
    public AgentTypeSpec {
        nodeSelector = Absent.map(nodeSelector);
        tolerations = Absent.list(tolerations);
        env = Absent.list(env);
    }
}
