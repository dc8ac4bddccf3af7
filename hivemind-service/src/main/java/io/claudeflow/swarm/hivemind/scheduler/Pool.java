package io.claudeflow.swarm.hivemind.scheduler;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Where steps that ask for one name meet the agents that answer to it; those that ask for none meet all agents. */
final class Pool {
    final Map<Crew.Profile, Crew> crews = new HashMap<>();
    final Set<DemandQueue> queues = new LinkedHashSet<>();

    boolean empty() {
        return crews.isEmpty() && queues.isEmpty();
    }
}
