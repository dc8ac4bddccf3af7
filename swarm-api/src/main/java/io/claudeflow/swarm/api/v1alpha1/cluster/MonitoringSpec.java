package io.claudeflow.swarm.api.v1alpha1.cluster;

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
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Metrics, dashboards, alerts and traces. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MonitoringSpec(
        @JsonPropertyDescription("Whether metrics are collected. Default true.") //
        @Nullable Boolean enabled,
        @JsonPropertyDescription("Port of the metrics, 1 to 65535. Default 9090.") //
        @Min(1) @Max(65_535) @Nullable Integer metricsPort,
        @JsonPropertyDescription("Whether a dashboard is made. Default false.") //
        @Nullable Boolean dashboardEnabled,
        @JsonPropertyDescription("Alerts of your own.") //
        @Size(max = 128) List<AlertRuleSpec> alertRules,
        @JsonPropertyDescription("Where traces go.") //
        @Nullable TracingSpec tracing,
        @JsonPropertyDescription("Who may read the metrics, as peers of a NetworkPolicy. Default: any namespace,"
                + " that port only.") //
        @JsonInclude(JsonInclude.Include.NON_NULL) @Size(max = 64) @Nullable List<NetworkPolicyPeer> from) {
    public MonitoringSpec {
        alertRules = Absent.list(alertRules);
        from = from == null ? null : List.copyOf(from);
    }

    /** Whether metrics are collected: unless it says no. */
    public boolean on() {
        return !Boolean.FALSE.equals(enabled);
    }

    /** One alert. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record AlertRuleSpec(
            @JsonPropertyDescription("Name of the alert.") //
            @Required @Size(max = Patterns.NAME_LENGTH) @Pattern(Patterns.NAME) String name,
            @JsonPropertyDescription("PromQL expression that is true while the alert is on.") //
            @Required @Size(min = 1, max = 4096) String expression,
            @JsonPropertyDescription("How long it must be true, for example 5m. Default 0s.") //
            @Size(max = Patterns.DURATION_LENGTH) @Pattern(Patterns.DURATION) @Nullable String duration,
            @JsonPropertyDescription("Label severity of the alert, for example warning or critical. Default"
                    + " warning.") //
            @Size(max = 63) @Nullable String severity) {}

    /** Where traces go. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record TracingSpec(
            @JsonPropertyDescription("Address of an OpenTelemetry collector, for example http://collector:4317.") //
            @Required @Size(max = 1024) String endpoint) {}
}
