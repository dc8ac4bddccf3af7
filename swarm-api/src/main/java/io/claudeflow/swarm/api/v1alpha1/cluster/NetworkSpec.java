package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.claudeflow.swarm.api.v1alpha1.schema.PropertyValues;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may reach the swarm, and whom its agents may reach. */
@SchemaCustomizer(value = PropertyValues.class, //
        input = "{egress: {x-kubernetes-preserve-unknown-fields: true, pattern: '^(open|closed)$'}}")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NetworkSpec(
        @JsonPropertyDescription("Whom agents and Jobs may reach: open (default), closed (the swarm itself and"
                + " DNS), or a list of egress rules as in a NetworkPolicy.") //
        @Nullable EgressSpec egress,
        @JsonPropertyDescription("Who may reach people's doors: the gateway and the memory API.") //
        @Nullable IngressSpec ingress) {
    /** Who may come in. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record IngressSpec(
            @JsonPropertyDescription("Peers as in a NetworkPolicy. Default: the same namespace.") //
            @JsonInclude(JsonInclude.Include.NON_NULL) @Size(max = 64) @Nullable List<NetworkPolicyPeer> from) {
        public IngressSpec {
            from = from == null ? null : List.copyOf(from);
        }
    }
}
