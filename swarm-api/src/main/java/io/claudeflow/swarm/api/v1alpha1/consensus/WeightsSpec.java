package io.claudeflow.swarm.api.v1alpha1.consensus;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a ballot weighs. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WeightsSpec(
        @JsonPropertyDescription("All the same (equal), learned from verdicts, or as queen and types say"
                + " (explicit). Default equal.") //
        @Nullable By by,
        @JsonPropertyDescription("Weight of the queen's ballot. Default 1.") //
        @Min(0) @Max(1000) @Nullable BigDecimal queen,
        @JsonPropertyDescription("Weight of a ballot by agent type, where it is not 1.") //
        @Size(max = 64) Map<String, @Min(0) @Max(1000) BigDecimal> types,
        @JsonPropertyDescription("Largest share of the weight that one ballot may have, above 0 and at most 1"
                + " (off). Default 0.49.") //
        @Min(value = 0, inclusive = false) @Max(1) @Nullable BigDecimal maxShare) {
    public WeightsSpec {
        types = Absent.map(types);
    }

    /** Where weights come from. */
    public enum By {
        EQUAL, LEARNED, EXPLICIT;

        @JsonValue
        public String word() {
            return Words.lower(this);
        }
    }
}
