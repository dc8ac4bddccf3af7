package io.claudeflow.swarm.hivemind.scheduler;

import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Agents that no step can tell apart except by how busy they are, and the queues they may serve. */
final class Crew {
    final Profile profile;
    /** Any of them. */
    final AgentDeclaration like;
    final long number;
    /** Those with places left, best first. */
    final TreeSet<Worker> free = new TreeSet<>(Worker.ORDER);
    /** Queues in which somebody waits, by whose turn it is. */
    final TreeSet<DemandQueue> wanting = new TreeSet<>(DemandQueue.ORDER);
    /** The first of these. */
    @Nullable
    DemandQueue first;
    int members;

    /**
     * What steps see of an agent.
     *
     * @param reserve it is given only what nobody else may do
     */
    record Profile(String type, List<String> capabilities, List<String> specialization, Map<String, String> labels,
            boolean reserve) {
        static Profile of(AgentDeclaration agent, boolean reserve) {
            return new Profile(agent.type(), agent.capabilities(), agent.specialization(), agent.labels(), reserve);
        }
    }

    Crew(Profile profile, AgentDeclaration like, long number) {
        this.profile = profile;
        this.like = like;
        this.number = number;
    }

    /** Whether one of them can be given something now. */
    boolean ready() {
        return !free.isEmpty() && !wanting.isEmpty();
    }
}
