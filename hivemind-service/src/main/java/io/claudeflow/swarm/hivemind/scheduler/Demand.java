package io.claudeflow.swarm.hivemind.scheduler;

import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
 * @param gathers      whether it is for the reserve, if that may do it, before all others
 */
public record Demand(@Nullable String type, Set<String> capabilities, Map<String, String> selector,
        Set<String> preferred,
        boolean gathers) {
    /** What steps ask for that ask for no name. */
    static final String NO_NAME = "";
    private static final String NAME = "name";

    public Demand {
        capabilities = Set.copyOf(capabilities);
        selector = Map.copyOf(selector);
        preferred = Set.copyOf(preferred);
    }

    /** What a step of that spec asks. */
    public static Demand of(TaskSpec spec, boolean gathers) {
        var matching = spec.matching();
        var preferred = new HashSet<>(matching.specialization());
        preferred.addAll(matching.capabilities());
        return new Demand(matching.agentType(), Set.copyOf(matching.capabilities()), matching.selector(), preferred,
                gathers);
    }

    /** The same of one agent. */
    Demand by(String agent) {
        var one = new HashMap<>(selector);
        one.put(NAME, agent);
        return new Demand(type, capabilities, one, preferred, gathers);
    }

    /** The name that it asks for; empty: none. */
    public String name() {
        return selector.getOrDefault(NAME, NO_NAME);
    }

    /** Whether that agent may do it, if it answers to the name. */
    public boolean admits(AgentDeclaration agent) {
        if (type != null && !type.equals(agent.type()) || !agent.capabilities().containsAll(capabilities)) {
            return false;
        }
        return selector.entrySet()
                .stream()
                .allMatch(wanted -> wanted.getKey().equals(NAME)
                        || wanted.getValue().equals(agent.labels().get(wanted.getKey())));
    }

    /**
     * What an agent answers to: nothing asked, its name, and, as those that the cluster made are {@code <cluster>-<type>-<n>},
     * {@code <type>-<n>}.
     */
    static List<String> names(String agent, String cluster) {
        var prefix = cluster + "-";
        return agent.startsWith(prefix)
                ? List.of(NO_NAME, agent, agent.substring(prefix.length()))
                : List.of(NO_NAME, agent);
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
