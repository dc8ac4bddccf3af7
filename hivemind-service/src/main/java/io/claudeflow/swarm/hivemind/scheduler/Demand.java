package io.claudeflow.swarm.hivemind.scheduler;

import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a step asks of an agent. Steps that ask the same share one queue.
 *
 * @param type         null: any
 * @param capabilities the agent has all of them
 * @param selector     labels the agent carries; the key {@code name} selects by name
 * @param preferred    words that make an agent preferred
 */
record Demand(@Nullable String type, Set<String> capabilities, Map<String, String> selector, Set<String> preferred) {
    private static final String NAME = "name";

    Demand {
        capabilities = Set.copyOf(capabilities);
        selector = Map.copyOf(selector);
        preferred = Set.copyOf(preferred);
    }

    static Demand of(TaskSpec spec) {
        var matching = spec.matching();
        var preferred = new HashSet<>(matching.specialization());
        preferred.addAll(matching.capabilities());
        return new Demand(matching.agentType(), Set.copyOf(matching.capabilities()), matching.selector(), preferred);
    }

    /** Whether that agent of that cluster may do it. */
    boolean admits(AgentDeclaration agent, String cluster) {
        if (type != null && !type.equals(agent.type()) || !agent.capabilities().containsAll(capabilities)) {
            return false;
        }
        return selector.entrySet()
                .stream()
                .allMatch(wanted -> wanted.getKey().equals(NAME)
                        ? named(agent.name(), wanted.getValue(), cluster)
                        : wanted.getValue().equals(agent.labels().get(wanted.getKey())));
    }

    /** An agent that the cluster made is {@code <cluster>-<type>-<n>} and also answers to {@code <type>-<n>}. */
    private static boolean named(String name, String wanted, String cluster) {
        return name.equals(wanted) || name.equals(cluster + "-" + wanted);
    }

    /** How many of the preferred words are the agent's. */
    int fitness(AgentDeclaration agent) {
        int shared = 0;
        for (var word : agent.specialization()) {
            if (preferred.contains(word)) {
                shared++;
            }
        }
        return shared;
    }
}
