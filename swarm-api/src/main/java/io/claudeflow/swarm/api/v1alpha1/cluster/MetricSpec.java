package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.claudeflow.swarm.api.v1alpha1.schema.PropertyValues;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/** One measure that the autoscaler follows. */
@ValidationRule(value = "self.type != 'custom' || has(self.name)", //
        message = "a metric of type custom needs a name, for example task_queue_depth")
@SchemaCustomizer(value = PropertyValues.class, input = "{target: {pattern: '" + Patterns.TARGET + "'}}")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricSpec(
        @JsonPropertyDescription("Where the value comes from: cpu, memory, or custom (a metric by name).") //
        @Required Type type,
        @JsonPropertyDescription("Name of a custom metric, for example task_queue_depth.") //
        @Size(max = 253) @Nullable String name,
        @JsonPropertyDescription("Value to aim at: a number, percent for cpu and memory, a quantity, or a duration"
                + " such as 30s.") //
        @Required IntOrString target) {
    /** Where a value comes from. */
    public enum Type {
        CPU, MEMORY, CUSTOM;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }
}
