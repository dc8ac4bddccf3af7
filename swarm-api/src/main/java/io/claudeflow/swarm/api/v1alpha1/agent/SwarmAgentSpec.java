package io.claudeflow.swarm.api.v1alpha1.agent;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.pod.LlmSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.ResourcesSpec;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.claudeflow.swarm.api.v1alpha1.schema.PropertyValues;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one agent can do, and what it runs on. */
@SchemaCustomizer(value = PropertyValues.class, //
        input = "{neuralModels: {items: {x-kubernetes-preserve-unknown-fields: true}}}")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SwarmAgentSpec(
        @JsonPropertyDescription("What it is, for example researcher or coder; tasks, ratios and votes name it.") //
        @Required @Size(max = Patterns.NAME_LENGTH) //
        @ValidationRule(value = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')", //
                message = "type must be lower-case letters, digits and hyphens, for example researcher") //
        String type,
        @JsonPropertyDescription("Name of the SwarmCluster in the same namespace. Default: the namespace's only"
                + " one.") //
        @Size(max = 253) @Nullable String clusterRef,
        @JsonPropertyDescription("How it thinks: convergent, divergent, lateral, systems or critical; part of an"
                + " llm agent's prompt.") //
        @Nullable CognitivePattern cognitivePattern,
        @JsonPropertyDescription("Among equals the higher one works and leads first, 0 to 100. Default 50.") //
        @Min(0) @Max(100) @Nullable Integer priority,
        @JsonPropertyDescription("Tasks that it does at the same time, 1 to 1000. Default 1.") //
        @Min(1) @Max(1000) @Nullable Integer maxConcurrentTasks,
        @JsonPropertyDescription("What it can do; a task's requiredCapabilities must all be here.") //
        @Size(max = 64) List<@Size(max = 253) String> capabilities,
        @JsonPropertyDescription("What it is best at; preferred by the scheduler, never required.") //
        @Size(max = 64) List<@Size(max = 253) String> specialization,
        @JsonPropertyDescription("Models that it uses: names of the cluster's, or objects with name, type and path.") //
        @Size(max = 64) List<ModelRef> neuralModels,
        @JsonPropertyDescription("What its pod asks for.") //
        @Nullable ResourcesSpec resources,
        @JsonPropertyDescription("Environment variables, also of the scripts that it runs.") //
        @Size(max = 256) List<EnvVar> environment,
        @JsonPropertyDescription("Image. Default: the release's own agent image.") //
        @Size(max = 1024) @Nullable String image,
        @JsonPropertyDescription("Labels that its node must have.") //
        Map<String, String> nodeSelector,
        @JsonPropertyDescription("Taints of nodes that its pod tolerates.") //
        @Size(max = 32) List<Toleration> tolerations,
        @JsonPropertyDescription("Affinity of its pod, as in a Pod.") //
        @PreserveUnknownFields @SchemaFrom(type = Object.class) @Nullable Affinity affinity,
        @JsonPropertyDescription("Security context of its pod.") //
        @Nullable PodSecurityContext securityContext,
        @JsonPropertyDescription("Language model for tasks with executor llm.") //
        @Nullable LlmSpec llm,
        @JsonPropertyDescription("Size of a workspace volume, for example 10Gi. Default: none.") //
        @Nullable Quantity storage) {
    public SwarmAgentSpec {
        capabilities = Absent.list(capabilities);
        specialization = Absent.list(specialization);
        neuralModels = Absent.list(neuralModels);
        environment = Absent.list(environment);
        nodeSelector = Absent.map(nodeSelector);
        tolerations = Absent.list(tolerations);
    }

    /** A builder with nothing but the type set. */
    public static Builder builder(String type) {
        return new Builder(type);
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** How an agent thinks. */
    public enum CognitivePattern {
        CONVERGENT, DIVERGENT, LATERAL, SYSTEMS, CRITICAL;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** Sets fields by name; for one thread. */
    public static final class Builder {
        private String type;
        private @Nullable String clusterRef;
        private @Nullable CognitivePattern cognitivePattern;
        private @Nullable Integer priority;
        private @Nullable Integer maxConcurrentTasks;
        private List<@Size(max = 253) String> capabilities = List.of();
        private List<@Size(max = 253) String> specialization = List.of();
        private List<ModelRef> neuralModels = List.of();
        private @Nullable ResourcesSpec resources;
        private List<EnvVar> environment = List.of();
        private @Nullable String image;
        private Map<String, String> nodeSelector = Map.of();
        private List<Toleration> tolerations = List.of();
        private @Nullable Affinity affinity;
        private @Nullable PodSecurityContext securityContext;
        private @Nullable LlmSpec llm;
        private @Nullable Quantity storage;

        private Builder(String type) {
            this.type = type;
        }

        private Builder(SwarmAgentSpec from) {
            type = from.type;
            clusterRef = from.clusterRef;
            cognitivePattern = from.cognitivePattern;
            priority = from.priority;
            maxConcurrentTasks = from.maxConcurrentTasks;
            capabilities = from.capabilities;
            specialization = from.specialization;
            neuralModels = from.neuralModels;
            resources = from.resources;
            environment = from.environment;
            image = from.image;
            nodeSelector = from.nodeSelector;
            tolerations = from.tolerations;
            affinity = from.affinity;
            securityContext = from.securityContext;
            llm = from.llm;
            storage = from.storage;
        }

        public Builder type(String value) {
            type = value;
            return this;
        }

        public Builder clusterRef(@Nullable String value) {
            clusterRef = value;
            return this;
        }

        public Builder cognitivePattern(@Nullable CognitivePattern value) {
            cognitivePattern = value;
            return this;
        }

        public Builder priority(@Nullable Integer value) {
            priority = value;
            return this;
        }

        public Builder maxConcurrentTasks(@Nullable Integer value) {
            maxConcurrentTasks = value;
            return this;
        }

        public Builder capabilities(List<@Size(max = 253) String> value) {
            capabilities = value;
            return this;
        }

        public Builder specialization(List<@Size(max = 253) String> value) {
            specialization = value;
            return this;
        }

        public Builder neuralModels(List<ModelRef> value) {
            neuralModels = value;
            return this;
        }

        public Builder resources(@Nullable ResourcesSpec value) {
            resources = value;
            return this;
        }

        public Builder environment(List<EnvVar> value) {
            environment = value;
            return this;
        }

        public Builder image(@Nullable String value) {
            image = value;
            return this;
        }

        public Builder nodeSelector(Map<String, String> value) {
            nodeSelector = value;
            return this;
        }

        public Builder tolerations(List<Toleration> value) {
            tolerations = value;
            return this;
        }

        public Builder affinity(@Nullable Affinity value) {
            affinity = value;
            return this;
        }

        public Builder securityContext(@Nullable PodSecurityContext value) {
            securityContext = value;
            return this;
        }

        public Builder llm(@Nullable LlmSpec value) {
            llm = value;
            return this;
        }

        public Builder storage(@Nullable Quantity value) {
            storage = value;
            return this;
        }

        public SwarmAgentSpec build() {
            return new SwarmAgentSpec(type, clusterRef, cognitivePattern, priority, maxConcurrentTasks, capabilities,
                    specialization, neuralModels, resources, environment, image, nodeSelector, tolerations, affinity,
                    securityContext, llm, storage);
        }
    }
}
