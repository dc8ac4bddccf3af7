package io.claudeflow.swarm.mesh.hivemind;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which agents may do a step, and which of them should.
 *
 * @param agentType      only agents of that type; null: any
 * @param capabilities   the agent has all of them
 * @param specialization words that make an agent preferred, never required
 * @param selector       labels the agent must carry; the key {@code name} selects by agent name
 */
public record Matching(@Nullable String agentType, List<String> capabilities, List<String> specialization,
        Map<String, String> selector) {
    /** Any agent. */
    public static final Matching ANY = new Matching(null, List.of(), List.of(), Map.of());

    public Matching {
        capabilities = List.copyOf(capabilities);
        specialization = List.copyOf(specialization);
        // Sorted, so that equal specs are written to equal bytes in every JVM.
        selector = Collections.unmodifiableMap(new TreeMap<>(selector));
    }
}
