package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SetMembership;
import io.claudeflow.swarm.operator.cluster.Group;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the ledger how many replicas the spec asks for: once, and when it has changed. Confined to the reconciler. */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final Hivemind hivemind;
    private final LedgerGate gate;
    private volatile @Nullable Integer told;

    Membership(Hivemind hivemind, LedgerGate gate) {
        this.hivemind = hivemind;
        this.gate = gate;
    }

    /** False when it has to be tried again; a shut gate is heard of when it opens. */
    boolean tell(SwarmCluster cluster) {
        int replicas = Group.replicas(cluster);
        if (!gate.open() || Integer.valueOf(replicas).equals(told)) {
            return true;
        }
        try {
            hivemind.ask(Outward.REPLICAS_CHANGED, new SetMembership(replicas, cluster.getMetadata().getGeneration()),
                    TraceContext.ofUid(cluster.getMetadata().getUid()));
            told = replicas;
            return true;
        } catch (SwarmException e) {
            LOG.atDebug().setCause(e).log("the hive-mind could not be told how many replicas it has; trying again");
            return false;
        }
    }
}
