package io.claudeflow.swarm.hivemind.topology;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Arrangement;
import io.claudeflow.swarm.hivemind.scheduler.Place;
import io.claudeflow.swarm.mesh.hivemind.Topology;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where the agents stand. Pods of Jobs and agents that are lost stand nowhere; when a lost one comes back it takes the place that its
 * registration index gives it.
 */
public final class Positions {
    private static final String COORDINATOR = "coordinator";
    /** Registration indexes are below that. */
    private static final int INDEX_BITS = 48;
    /** Who is queen before whom: coordinators, then the higher priority, then who was registered first. */
    private static final Comparator<Agent> SUCCESSION = Comparator
            .comparing((Agent agent) -> !agent.declaration().type().equals(COORDINATOR))
            .thenComparing(agent -> -agent.declaration().priority())
            .thenComparingLong(Agent::index);

    private final Arrangement arrangement;
    private final Optional<Agent> queen;
    /** In their order; empty where there is no ring. */
    private final List<Agent> ring;

    private Positions(Arrangement arrangement, Optional<Agent> queen, List<Agent> ring) {
        this.arrangement = arrangement;
        this.queen = queen;
        this.ring = ring;
    }

    /** Where these agents stand. */
    public static Positions of(Arrangement arrangement, Collection<Agent> agents) {
        var queen = agents.stream().filter(Positions::stands).min(SUCCESSION);
        var ring = arrangement.topology() != Topology.RING
                ? List.<Agent>of()
                : agents.stream()
                        .filter(Positions::stands)
                        .sorted(Comparator.comparingLong(agent -> rank(arrangement, agent)))
                        .toList();
        return new Positions(arrangement, queen, ring);
    }

    private static boolean stands(Agent agent) {
        return !agent.lost() && agent.declaration().job() == null;
    }

    /** By type in the order of the ring, types that it does not name last; then by registration. */
    private static long rank(Arrangement arrangement, Agent agent) {
        int type = arrangement.ringOrder().indexOf(agent.declaration().type());
        return ((long) (type < 0 ? arrangement.ringOrder().size() : type) << INDEX_BITS) + agent.index();
    }

    /** The first of the line of succession. */
    public Optional<Agent> queen() {
        return queen;
    }

    /** In a star the queen, through whom all others are joined; else nobody. */
    public Optional<Agent> hub() {
        return arrangement.topology() == Topology.STAR ? queen : Optional.empty();
    }

    /** Whether the agents stand in a ring. */
    public boolean inRing() {
        return arrangement.topology() == Topology.RING;
    }

    /** Where an agent stands among those that may do the same. */
    public Place place(Agent agent) {
        if (inRing()) {
            return new Place(false, rank(arrangement, agent));
        }
        return hub().filter(hub -> hub.uid().equals(agent.uid())).isPresent() ? new Place(true, 0) : Place.ANYWHERE;
    }

    /** The next one in the ring after that agent, which may be lost, of those that may; itself when it is the only one. */
    public Optional<Agent> next(Agent after, Predicate<Agent> may) {
        long rank = rank(arrangement, after);
        var later = ring.stream().filter(agent -> rank(arrangement, agent) > rank && may.test(agent)).findFirst();
        return later.or(() -> ring.stream().filter(may).findFirst());
    }
}
