package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.claudeflow.swarm.api.v1alpha1.schema.Patterns;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** The Raft group. It always exists, as the ledger; this section sizes it and turns on knowledge sync and backups. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HiveMindSpec(
        @JsonPropertyDescription("Whether knowledge is synchronised and backed up. Default true; the ledger of"
                + " tasks exists either way.") //
        @Nullable Boolean enabled,
        @JsonPropertyDescription("Replicas: an odd number from 1 to 9; 1 is for development. Default 3.") //
        @Default("3") @Min(1) @Max(9) //
        @ValidationRule(value = "self % 2 == 1", //
                message = "replicas must be odd (1, 3, 5, 7 or 9), so that a majority is always clear") //
        @Nullable Integer replicas,
        @JsonPropertyDescription("Size of each replica's volume, for example 10Gi. Default 1Gi.") //
        @Nullable Quantity databaseSize,
        @JsonPropertyDescription("How often knowledge goes to the neighbours that the topology allows, for example"
                + " 30s. Default 30s.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String syncInterval,
        @JsonPropertyDescription("Whether backups are made. Default false.") //
        @Nullable Boolean backupEnabled,
        @JsonPropertyDescription("How often a backup is made, for example 1h. Default 1h.") //
        @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String backupInterval,
        @JsonPropertyDescription("Whether the replicas' volumes outlive the cluster. Default false.") //
        @Nullable Boolean retainVolumes) {
    /** Replicas when the spec names none. */
    public static final int DEFAULT_REPLICAS = 3;

    /** Whether knowledge is synchronised and backed up: unless it says no. */
    public boolean on() {
        return !Boolean.FALSE.equals(enabled);
    }
}
