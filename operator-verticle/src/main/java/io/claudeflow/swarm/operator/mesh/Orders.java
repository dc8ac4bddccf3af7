package io.claudeflow.swarm.operator.mesh;

import static io.claudeflow.swarm.api.v1alpha1.cluster.Topology.RING;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SetMembership;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SetTopology;
import io.claudeflow.swarm.mesh.hivemind.Topology;
import io.claudeflow.swarm.operator.cluster.Crew;
import io.claudeflow.swarm.operator.cluster.Group;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the ledger how many replicas the spec asks for, and who is to stand where: once, and when it has changed. Confined to the
 * reconciler.
 */
final class Orders {
    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final Hivemind hivemind;
    private final LedgerGate gate;
    private volatile @Nullable Integer replicas;
    private volatile @Nullable Places places;

    private record Places(Topology topology, List<String> ringOrder) {
        static Places of(SwarmCluster cluster) {
            var spec = cluster.getSpec();
            return new Places(switch (spec.topology()) {
                case MESH -> Topology.MESH;
                case HIERARCHICAL -> Topology.HIERARCHICAL;
                case RING -> Topology.RING;
                case STAR -> Topology.STAR;
            }, spec.topology() == RING ? Crew.ring(spec) : List.of());
        }
    }

    Orders(Hivemind hivemind, LedgerGate gate) {
        this.hivemind = hivemind;
        this.gate = gate;
    }

    /** False when it has to be tried again; a shut gate is heard of when it opens. */
    boolean tell(SwarmCluster cluster) {
        if (!gate.open()) {
            return true;
        }
        long generation = cluster.getMetadata().getGeneration();
        try {
            int wanted = Group.replicas(cluster);
            if (!Integer.valueOf(wanted).equals(replicas)) {
                ask(cluster, Outward.REPLICAS_CHANGED, new SetMembership(wanted, generation));
                replicas = wanted;
            }
            var next = Places.of(cluster);
            if (!next.equals(places)) {
                ask(cluster, Outward.TOPOLOGY_CHANGED, new SetTopology(next.topology(), next.ringOrder(), generation));
                places = next;
            }
            return true;
        } catch (SwarmException e) {
            LOG.atDebug().setCause(e).log("the hive-mind could not be told what the spec asks of it; trying again");
            return false;
        }
    }

    private void ask(SwarmCluster cluster, Outward row, HivemindCommand command) {
        hivemind.ask(row, command, TraceContext.ofUid(cluster.getMetadata().getUid()));
    }
}
