package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom agents may reach: one of the words open and closed, or rules. Exactly one of the two is set.
 *
 * @param word  {@code open} or {@code closed}
 * @param rules as in a NetworkPolicy
 */
public record EgressSpec(@Nullable String word, @Nullable List<NetworkPolicyEgressRule> rules) {
    public static final String OPEN = "open";
    public static final String CLOSED = "closed";

    public EgressSpec {
        rules = rules == null ? null : List.copyOf(rules);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static EgressSpec word(String word) {
        return new EgressSpec(word, null);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static EgressSpec rules(List<NetworkPolicyEgressRule> rules) {
        return new EgressSpec(null, rules);
    }

    @JsonValue
    @Nullable
    Object json() {
        return rules == null ? word : rules;
    }
}
