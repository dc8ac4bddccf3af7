package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.Topology;
import java.util.List;

/**
 * Who stands where among the agents.
 *
 * @param ringOrder  types of agents in the order of a ring; empty: the order of registration
 * @param generation of the SwarmCluster that said so; an older one changes nothing
 */
public record Arrangement(Topology topology, List<String> ringOrder, long generation) {
    /** Before anybody has said. */
    public static final Arrangement NONE = new Arrangement(Topology.MESH, List.of(), 0);

    public Arrangement {
        ringOrder = List.copyOf(ringOrder);
    }
}
