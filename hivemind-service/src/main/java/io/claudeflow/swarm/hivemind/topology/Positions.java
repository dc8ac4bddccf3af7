package io.claudeflow.swarm.hivemind.topology;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Arrangement;
import io.claudeflow.swarm.mesh.hivemind.Topology;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where the agents stand. Pods of Jobs and agents that are lost stand nowhere; when a lost one comes back it takes the place that its
 * registration index gives it.
 */
public final class Positions {
    private static final String COORDINATOR = "coordinator";
    /** Who is queen before whom: coordinators, then the higher priority, then who was registered first. */
    private static final Comparator<Agent> SUCCESSION = Comparator
            .comparing((Agent agent) -> !agent.declaration().type().equals(COORDINATOR))
            .thenComparing(agent -> -agent.declaration().priority())
            .thenComparingLong(Agent::index);

    private final Topology topology;
    private final Optional<Agent> queen;

    private Positions(Topology topology, Optional<Agent> queen) {
        this.topology = topology;
        this.queen = queen;
    }

    /** Where these agents stand. */
    public static Positions of(Arrangement arrangement, Collection<Agent> agents) {
        return new Positions(arrangement.topology(), agents.stream()
                .filter(agent -> !agent.lost() && agent.declaration().job() == null)
                .min(SUCCESSION));
    }

    /** The first of the line of succession. */
    public Optional<Agent> queen() {
        return queen;
    }

    /** In a star the queen, through whom all others are joined; else nobody. */
    public Optional<Agent> hub() {
        return topology == Topology.STAR ? queen : Optional.empty();
    }
}
