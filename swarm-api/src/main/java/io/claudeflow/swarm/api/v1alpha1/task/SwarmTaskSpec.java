package io.claudeflow.swarm.api.v1alpha1.task;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.consensus.ConsensusSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.AgentSelector;
import io.claudeflow.swarm.api.v1alpha1.pod.PersistentVolumeSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.ResourcesSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.SecretMount;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.claudeflow.swarm.api.v1alpha1.schema.PropertyValues;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be done, how and by whom. */
@ValidationRule(value = "has(self.task) || (has(self.subtasks) && self.subtasks.size() > 0)", //
        message = "task is required where there are no subtasks")
@ValidationRule(value = "!has(self.strategy) || self.strategy != 'consensus'"
        + " || !has(self.subtasks) || self.subtasks.size() == 0", //
        message = "strategy consensus does not go with subtasks; a subtask may say strategy: consensus")
@ValidationRule(value = "!has(self.strategy) || self.strategy != 'consensus'"
        + " || !((has(self.execution) && self.execution == 'job') || has(self.executorImage)"
        + " || (has(self.secrets) && self.secrets.size() > 0)"
        + " || (has(self.persistentVolumes) && self.persistentVolumes.size() > 0))", //
        message = "strategy consensus does not go with a Job (execution: job, executorImage, secrets or"
                + " persistentVolumes), whose effects would happen several times")
@SchemaCustomizer(value = PropertyValues.class, //
        input = "{priority: {minimum: 0, maximum: 100, pattern: '^(low|medium|high|critical|100|[0-9]{1,2})$'}}")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SwarmTaskSpec(
        @JsonPropertyDescription("The script (executor shell) or the prompt (executor llm). With subtasks it runs"
                + " last, with their results.") //
        @Size(min = 1, max = Patterns.SCRIPT_LENGTH) @Nullable String task,
        @JsonPropertyDescription("Name of the SwarmCluster in the same namespace. Default: the namespace's only"
                + " one.") //
        @Size(max = 253) @Nullable String clusterRef,
        @JsonPropertyDescription("What does it: shell, llm, http or plugin. Default shell.") //
        @Default("shell") @Nullable Executor executor,
        @JsonPropertyDescription("Where it runs: on an agent, as a Job, or as a Job only when it names an image,"
                + " secrets or volumes (auto). Default: the cluster's executor.execution, else auto.") //
        @Nullable Execution execution,
        @JsonPropertyDescription("How its parts are done: parallel, sequential, adaptive or consensus. Default: the"
                + " cluster's.") //
        @Nullable Strategy strategy,
        @JsonPropertyDescription("0 to 100, or low (25), medium (50), high (75) or critical (100); higher goes"
                + " first. Default 50.") //
        @Nullable IntOrString priority,
        @JsonPropertyDescription("How long an attempt may run, for example 10m. Default: no limit.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String timeout,
        @JsonPropertyDescription("How long it may wait for an agent, for example 1h. Default: no limit.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String queueTimeout,
        @JsonPropertyDescription("How long an assigned agent may take to begin, for example 60s. Default 60s, for a"
                + " Job 10m.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String startTimeout,
        @JsonPropertyDescription("How long a running script may say nothing (no output, progress or checkpoint), for"
                + " example 5m; then the attempt is ended. Default: no limit.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String heartbeatTimeout,
        @JsonPropertyDescription("How long all of it may take from its submission on, attempts and waits together,"
                + " for example 24h. Default: no limit.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String deadline,
        @JsonPropertyDescription("What follows a failed or lost attempt.") //
        @Nullable RetriesSpec retries,
        @JsonPropertyDescription("What an agent must be able to do; all of them.") //
        @Size(max = 64) List<@Size(max = 253) String> requiredCapabilities,
        @JsonPropertyDescription("Type that an agent must have. Default: any.") //
        @Size(max = Patterns.NAME_LENGTH) @Nullable String agentType,
        @JsonPropertyDescription("Agents that may do it. Default: any.") //
        @Nullable AgentSelector agentSelector,
        @JsonPropertyDescription("Values for the task, given to a script as environment variables.") //
        @Size(max = 256) Map<String, String> parameters,
        @JsonPropertyDescription("Environment variables.") //
        @Size(max = 256) List<EnvVar> environment,
        @JsonPropertyDescription("Secrets mounted as files; they make the task a Job.") //
        @Size(max = 32) List<SecretMount> secrets,
        @JsonPropertyDescription("Steps of the task, a graph by dependsOn; at most 64.") //
        @Size(max = 64) //
        @ValidationRule(value = "self.all(step, !has(step.dependsOn)"
                + " || step.dependsOn.all(d, self.exists(other, other.name == d)))", //
                message = "dependsOn may only name subtasks of the same task") //
        List<SubtaskSpec> subtasks,
        @JsonPropertyDescription("Whether the first subtask that fails ends the others; false: what does not depend on it"
                + " goes on, and the task fails in the end. Default true.") //
        @Nullable Boolean failFast,
        @JsonPropertyDescription("How agents vote on it, where it differs from the cluster's.") //
        @Nullable ConsensusSpec consensus,
        @JsonPropertyDescription("Whether a new attempt starts from the last checkpoint. Default false.") //
        @Nullable Boolean resume,
        @JsonPropertyDescription("What is kept of a running attempt. Default with resume: the files of the volume checkpoint.") //
        @Nullable CheckpointSpec checkpoint,
        @JsonPropertyDescription("Volumes; they make the task a Job, are kept between attempts and go with the"
                + " task.") //
        @Size(max = 16) List<PersistentVolumeSpec> persistentVolumes,
        @JsonPropertyDescription("Image to run it in; it makes the task a Job.") //
        @Size(min = 1, max = 1024) @Nullable String executorImage,
        @JsonPropertyDescription("Whether that image holds our agent (live progress, checkpoints) or is foreign."
                + " Default: agent for the release's own images.") //
        @Nullable ExecutorRuntime executorRuntime,
        @JsonPropertyDescription("Labels that the Job's node must have.") //
        Map<String, String> nodeSelector,
        @JsonPropertyDescription("Taints of nodes that the Job tolerates.") //
        @Size(max = 32) List<Toleration> tolerations,
        @JsonPropertyDescription("What the Job asks for.") //
        @Nullable ResourcesSpec resources,
        @JsonPropertyDescription("Whether it waits; a running attempt is ended and counts as no retry. Default"
                + " false.") //
        @Nullable Boolean suspend,
        @JsonPropertyDescription("Whether it is cancelled; this cannot be undone. Default false.") //
        @ValidationRule(value = "self || !oldSelf", //
                message = "cancel cannot be taken back; apply the task under another name") //
        @Nullable Boolean cancel,
        @JsonPropertyDescription("Seconds after its end at which the task is deleted. Default: never.") //
        @Min(0) @Max(Integer.MAX_VALUE) @Nullable Integer ttlSecondsAfterFinished,
        @JsonPropertyDescription("Where the result goes.") //
        @Nullable ResultSpec result) {
    public SwarmTaskSpec {
        requiredCapabilities = Absent.list(requiredCapabilities);
        parameters = Absent.map(parameters);
        environment = Absent.list(environment);
        secrets = Absent.list(secrets);
        subtasks = Absent.list(subtasks);
        persistentVolumes = Absent.list(persistentVolumes);
        nodeSelector = Absent.map(nodeSelector);
        tolerations = Absent.list(tolerations);
    }

    /** What does a task. */
    public enum Executor {
        SHELL, LLM, HTTP, PLUGIN;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** Where a task runs. */
    public enum Execution {
        AGENT, JOB, AUTO;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** What an executor image holds. */
    public enum ExecutorRuntime {
        AGENT, FOREIGN;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }

    /** What is kept of a running attempt. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record CheckpointSpec(
            @JsonPropertyDescription("How often a checkpoint of the path is taken, for example 1m; a script may take"
                    + " more. Default 5s.") //
            @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String interval,
            @JsonPropertyDescription("Absolute path whose files are kept and restored. Default: where the volume"
                    + " checkpoint is mounted, if there is one.") //
            @Size(max = Patterns.PATH_LENGTH) //
            @ValidationRule(value = "self.startsWith('/')", //
                    message = "path must be an absolute path, for example /checkpoint") //
            @Nullable String path) {}

    /** Where the result goes. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ResultSpec(
            @JsonPropertyDescription("Key under which the result is kept in the swarm's memory, in the namespace"
                    + " tasks. Default: only status.result.") //
            @Size(min = 1, max = 512) @Nullable String memoryKey) {}
}
