package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.operator.identity.ClusterNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which agents stay, which come and which go.
 *
 * @param keep   those that stay and those that come, by name
 * @param remove names of those that go
 */
public record AgentPlan(List<Agent> keep, List<String> remove) {
    public AgentPlan {
        keep = List.copyOf(keep);
        remove = List.copyOf(remove);
    }

    /**
     * An agent that the cluster made.
     *
     * @param running steps that it does at the moment
     */
    public record Agent(String name, String type, int running) {}

    /**
     * Plans. A new agent takes the lowest number that is free; of a type with too many the emptiest goes first, then the one
     * with the highest number.
     *
     * @param wanted by type
     * @param made   the cluster's own agents that are not ending
     * @param taken  names of all SwarmAgents of the namespace, whoever made them, the ending ones too
     */
    public static AgentPlan of(ClusterNames names, Map<String, Integer> wanted, Collection<Agent> made,
            Set<String> taken) {
        var byType = new TreeMap<String, List<Agent>>();
        made.forEach(agent -> byType.computeIfAbsent(agent.type(), _ -> new ArrayList<>()).add(agent));
        wanted.keySet().forEach(type -> byType.computeIfAbsent(type, _ -> new ArrayList<>()));
        var used = new HashSet<>(taken);
        var keep = new ArrayList<Agent>();
        var remove = new ArrayList<String>();
        byType.forEach((type, agents) -> {
            int count = wanted.getOrDefault(type, 0);
            agents.sort(Comparator.comparingInt(Agent::running)
                    .reversed()
                    .thenComparingInt(agent -> number(agent.name())));
            keep.addAll(agents.subList(0, Math.min(count, agents.size())));
            agents.subList(Math.min(count, agents.size()), agents.size()).forEach(agent -> remove.add(agent.name()));
            for (int missing = count - agents.size(), n = 0; missing > 0; n++) {
                var name = names.agent(type, n);
                if (used.add(name)) {
                    keep.add(new Agent(name, type, 0));
                    missing--;
                }
            }
        });
        keep.sort(Comparator.comparing(Agent::name));
        return new AgentPlan(keep, remove);
    }

    private static int number(String name) {
        var digits = name.substring(name.lastIndexOf('-') + 1);
        return digits.chars().allMatch(Character::isDigit) && digits.length() < 9 ? Integer.parseInt(digits) : -1;
    }
}
