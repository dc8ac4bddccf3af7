package io.claudeflow.swarm.kit.app;

import java.util.Map;

/**
 * The health of a service, from its start-up steps and from the parts that said something since.
 *
 * @param live  false when only a restart helps
 * @param ready true when every part serves
 * @param parts a word or sentence per part, in start order: {@code started}, {@code starting}, or what is wrong
 */
public record Health(boolean live, boolean ready, Map<String, String> parts) {
    public Health {
        parts = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(parts));
    }
}
