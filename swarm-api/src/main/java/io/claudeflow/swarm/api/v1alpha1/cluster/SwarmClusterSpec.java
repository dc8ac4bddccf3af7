package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.consensus.ConsensusSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.PersistentVolumeSpec;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.claudeflow.swarm.api.v1alpha1.task.Strategy;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a swarm shall be. A section that is absent is off; one that is there is on unless it says enabled: false. */
@ValidationRule(value = "!has(self.consensusThreshold) || !has(self.consensus) ||"
        + " !has(self.consensus.threshold) || self.consensusThreshold == self.consensus.threshold", //
        message = "consensusThreshold and consensus.threshold mean the same; set one of them, or both to the"
                + " same share")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SwarmClusterSpec(
        @JsonPropertyDescription("Who may talk to whom: mesh (all to all), hierarchical (a tree under"
                + " coordinators), ring (an ordered pipeline) or star (one hub).") //
        @Required Topology topology,
        @JsonPropertyDescription("Who decides: the queen alone (centralized) or all voters (distributed). Default distributed.") //
        @Default("distributed") @Nullable QueenMode queenMode,
        @JsonPropertyDescription("How the parts of one task are done, where the task does not say: parallel,"
                + " sequential, adaptive, or consensus (several agents do it and vote).") //
        @Default("parallel") @Nullable Strategy strategy,
        @JsonPropertyDescription("Share of the votes that decides, above 0 and at most 1. Default: more than half.") //
        @Min(value = 0, inclusive = false) @Max(1) @Nullable BigDecimal consensusThreshold,
        @JsonPropertyDescription("What a vote is; a task may override each field.") //
        @Nullable ConsensusSpec consensus,
        @JsonPropertyDescription("Agents wanted. Default: autoscaling.minAgents, else the topology's default crew;"
                + " the autoscaler owns it when enabled.") //
        @SpecReplicas @Min(0) @Max(10_000) @Nullable Integer replicas,
        @JsonPropertyDescription("Order of agent types in a ring. Default: the crew's.") //
        @Size(max = 64) List<@Size(max = Patterns.NAME_LENGTH) @Pattern(Patterns.NAME) String> ringOrder,
        @JsonPropertyDescription("How long a deletion waits for running work, for example 30s. Default 30s.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String drainTimeout,
        @JsonPropertyDescription("Requests of the swarm's own pods: small (a laptop) or production. Default small.") //
        @Nullable ResourceProfile resourceProfile,
        @JsonPropertyDescription("The Raft group that keeps tasks, agents, decisions and knowledge.") //
        @Nullable HiveMindSpec hiveMind,
        @JsonPropertyDescription("How many agents of which type.") //
        @Nullable AutoscalingSpec autoscaling,
        @JsonPropertyDescription("The memory that all agents share.") //
        @Nullable MemorySpec memory,
        @JsonPropertyDescription("Inference and training of models.") //
        @Nullable NeuralSpec neural,
        @JsonPropertyDescription("Metrics, dashboards, alerts and traces.") //
        @Nullable MonitoringSpec monitoring,
        @JsonPropertyDescription("Who may reach the swarm, and whom its agents may reach.") //
        @Nullable NetworkSpec network,
        @JsonPropertyDescription("What the cluster's own agents run on.") //
        @Nullable AgentTemplateSpec agentTemplate,
        @JsonPropertyDescription("Defaults for tasks that run as Jobs.") //
        @Nullable ExecutorSpec executor,
        @JsonPropertyDescription("Volumes mounted into every agent; kept when the cluster is deleted.") //
        @Size(max = 16) List<PersistentVolumeSpec> persistentVolumes) {
    public SwarmClusterSpec {
        ringOrder = Absent.list(ringOrder);
        persistentVolumes = Absent.list(persistentVolumes);
    }

    /** How much the swarm's own pods ask for. */
    public enum ResourceProfile {
        SMALL, PRODUCTION;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }
}
