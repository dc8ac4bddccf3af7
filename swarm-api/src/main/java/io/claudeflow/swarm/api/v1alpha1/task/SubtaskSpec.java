package io.claudeflow.swarm.api.v1alpha1.task;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a task. */
@ValidationRule(value = "!has(self.dependsOn) || !(self.name in self.dependsOn)", //
        message = "dependsOn must not name the subtask itself")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SubtaskSpec(
        @JsonPropertyDescription("Name of the step.") //
        @Required @Size(min = 1, max = Patterns.NAME_LENGTH) @Pattern(Patterns.NAME) String name,
        @JsonPropertyDescription("The script or the prompt.") //
        @Required @Size(min = 1, max = Patterns.SCRIPT_LENGTH) String task,
        @JsonPropertyDescription("Steps that must be complete first; at most 16.") //
        @Size(max = 16) List<@Size(max = Patterns.NAME_LENGTH) String> dependsOn,
        @JsonPropertyDescription("Type that an agent must have. Default: the task's.") //
        @Size(max = Patterns.NAME_LENGTH) @Nullable String agentType,
        @JsonPropertyDescription("How this step is done. Default: by one agent.") //
        @Nullable Strategy strategy,
        @JsonPropertyDescription("CEL expression over steps (by name: phase, result, results) and parameters, for"
                + " example steps.build.result == 'ok'; the step is skipped when it is"
                + " false. Default: always.") //
        @Size(max = 4096) @Nullable String when,
        @JsonPropertyDescription("The step is done once for each of these, in the variable ITEM.") //
        @Size(max = 256) List<@Size(max = 253) String> items,
        @JsonPropertyDescription("Most of its items at once. Default: no limit.") //
        @Min(1) @Max(256) @Nullable Integer parallelism,
        @JsonPropertyDescription("Whether the task goes on when it fails. Default false.") //
        @Nullable Boolean optional) {
    public SubtaskSpec {
        dependsOn = Absent.list(dependsOn);
        items = Absent.list(items);
    }
}
