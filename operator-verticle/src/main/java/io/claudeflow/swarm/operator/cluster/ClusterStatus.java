package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.cluster.MeshStatus;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterStatus;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterStatus.AgentCounts;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterStatus.Phase;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.condition.Fact;
import io.claudeflow.swarm.operator.identity.ClusterNames;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cluster operator's part of a SwarmCluster's status. The mesh operator's part ({@code status.mesh} and the conditions in
 * {@link #MESH_CONDITIONS}) is read here and never written.
 */
public final class ClusterStatus {
    /** Conditions that the mesh operator owns. */
    public static final Set<String> MESH_CONDITIONS = Set.of(Catalogue.HIVEMIND_READY, Catalogue.AGENTS_READY,
            Catalogue.DRAINED);

    private final SwarmCluster cluster;
    private final Observed observed;
    private final @Nullable Hindrance hindrance;
    private final List<Condition> current;
    private final long generation;

    private ClusterStatus(SwarmCluster cluster, Observed observed, List<Hindrance> hindrances) {
        this.cluster = cluster;
        this.observed = observed;
        this.hindrance = hindrances.isEmpty() ? null : hindrances.getFirst();
        this.current = cluster.getStatus() == null ? List.of() : cluster.getStatus().conditions();
        this.generation = cluster.getMetadata().getGeneration();
    }

    /**
     * What the status is to say.
     *
     * @param hindrances objects that could not be made
     */
    public static SwarmClusterStatus of(SwarmCluster cluster, Observed observed, ClusterObjects objects,
            List<Hindrance> hindrances, Instant now) {
        return new ClusterStatus(cluster, observed, hindrances).status(objects, now);
    }

    /** The part of a status that the cluster operator owns, to be compared with what it wants to write. */
    public static SwarmClusterStatus ownPart(SwarmClusterStatus status) {
        return status.toBuilder()
                .mesh(null)
                .conditions(status.conditions()
                        .stream()
                        .filter(condition -> !MESH_CONDITIONS.contains(condition.getType()))
                        .toList())
                .build();
    }

    private SwarmClusterStatus status(ClusterObjects objects, Instant now) {
        var names = new ClusterNames(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
        var ready = ready();
        var degraded = degraded();
        var facts = new ArrayList<Fact>(List.of(ready, progressing(ready, degraded), degraded));
        facts.addAll(Section.notAvailable(cluster.getSpec()));
        facts.addAll(unchangeable());
        if (!cluster.isMarkedForDeletion()) {
            Voters.fact(cluster, Group.desired(cluster, observed.group())).ifPresent(facts::add);
        }
        int made = ClusterObjects.made(cluster, observed).size();
        return SwarmClusterStatus.builder()
                .phase(phase(ready, degraded))
                .observedGeneration(generation)
                .replicas(made)
                .selector(Labels.countedSelector(names.cluster()))
                .agents(new AgentCounts(objects.agentsWanted(), made, connected(), joined()))
                .endpoints(Map.of("hivemind", names.gateway()))
                .conditions(Conditions.of(facts, current, generation, now))
                .build();
    }

    private Fact ready() {
        if (cluster.isMarkedForDeletion()) {
            return Fact.no(Catalogue.READY, Catalogue.DRAINING, "The SwarmCluster is being deleted.");
        }
        var obstacle = hindrance;
        if (obstacle != null) {
            return Fact.no(Catalogue.READY, obstacle.reason(), obstacle.sentence());
        }
        if (!observed.meshOperatorReady()) {
            return founded()
                    ? Fact.unknown(Catalogue.READY, Catalogue.MESH_OPERATOR_UNAVAILABLE,
                            "The mesh operator has no ready replica; see its pods (component=operator).")
                    : Fact.no(Catalogue.READY, Catalogue.STARTING, "The mesh operator is starting.");
        }
        var hiveMind = Conditions.find(current, Catalogue.HIVEMIND_READY).orElse(null);
        if (hiveMind == null) {
            return Fact.no(Catalogue.READY, Catalogue.STARTING, "The mesh operator has not reported yet.");
        }
        if (!hiveMind.getStatus().equals("True")) {
            return Fact.no(Catalogue.READY, Catalogue.WAITING_FOR_HIVEMIND, hiveMind.getMessage());
        }
        var agents = Conditions.find(current, Catalogue.AGENTS_READY).orElse(null);
        if (agents == null || !agents.getStatus().equals("True") || stale(agents)) {
            return Fact.no(Catalogue.READY, Catalogue.WAITING_FOR_AGENTS,
                    agents == null || stale(agents) ? "The agents have not been counted yet." : agents.getMessage());
        }
        return Fact.yes(Catalogue.READY, Catalogue.ALL_READY,
                "The hive-mind has a quorum and every wanted agent is registered.");
    }

    private boolean stale(Condition condition) {
        var about = condition.getObservedGeneration();
        return about == null || about < generation;
    }

    private Fact degraded() {
        var obstacle = hindrance;
        if (obstacle != null && !(obstacle instanceof Hindrance.Former)) {
            return Fact.yes(Catalogue.DEGRADED, obstacle.reason(), obstacle.sentence());
        }
        if (founded() && !cluster.isMarkedForDeletion()) {
            if (!observed.meshOperatorReady()) {
                return Fact.yes(Catalogue.DEGRADED, Catalogue.MESH_OPERATOR_UNAVAILABLE,
                        "The mesh operator has no ready replica.");
            }
            if (!Conditions.holds(current, Catalogue.HIVEMIND_READY)) {
                return Fact.yes(Catalogue.DEGRADED, Catalogue.NO_LEADER,
                        "The hive-mind has lost its leader; see its pods (component=hivemind).");
            }
        }
        return Fact.no(Catalogue.DEGRADED, Catalogue.AS_EXPECTED, "Nothing has failed.");
    }

    private Fact progressing(Fact ready, Fact degraded) {
        if (cluster.isMarkedForDeletion()) {
            return Fact.yes(Catalogue.PROGRESSING, Catalogue.DRAINING, "Running work is being handed back.");
        }
        if (ready.holds() || degraded.holds()) {
            return Fact.no(Catalogue.PROGRESSING, Catalogue.SETTLED, "Nothing is under way.");
        }
        return ready.reason().equals(Catalogue.WAITING_FOR_AGENTS)
                ? Fact.yes(Catalogue.PROGRESSING, Catalogue.SCALING, ready.message())
                : Fact.yes(Catalogue.PROGRESSING, Catalogue.STARTING, ready.message());
    }

    /** What was written once and cannot follow the spec. */
    private List<Fact> unchangeable() {
        var facts = new ArrayList<Fact>();
        var asked = HivemindObjects.size(cluster);
        var written = HivemindObjects.written(observed, asked);
        if (asked.getNumericalAmount().compareTo(written.getNumericalAmount()) != 0) {
            facts.add(Fact.no(Catalogue.STORAGE_READY, Catalogue.NOT_AVAILABLE, "spec.hiveMind.databaseSize: " + asked
                    + " is asked for, but the volumes were made with " + written
                    + " and this release does not resize them."));
        }
        boolean retained = HivemindObjects.retained(cluster);
        if (HivemindObjects.retainedAsWritten(observed, retained) != retained) {
            facts.add(Fact.no(Catalogue.RETENTION_READY, Catalogue.NOT_AVAILABLE, "spec.hiveMind.retainVolumes: the"
                    + " volumes were made with " + !retained + " and keep that."));
        }
        return facts;
    }

    private Phase phase(Fact ready, Fact degraded) {
        if (cluster.isMarkedForDeletion()) {
            return Phase.DRAINING;
        }
        if (ready.holds()) {
            return Phase.READY;
        }
        if (degraded.holds()) {
            return Phase.DEGRADED;
        }
        return observed.hivemind() == null ? Phase.PENDING : Phase.STARTING;
    }

    /** Whether the hive-mind has had a quorum before. */
    private boolean founded() {
        return Group.desired(cluster, observed.group()).state() == Group.State.ESTABLISHED;
    }

    private int connected() {
        MeshStatus mesh = cluster.getStatus() == null ? null : cluster.getStatus().mesh();
        return mesh == null ? 0 : mesh.connectedAgents().values().stream().mapToInt(Integer::intValue).sum();
    }

    private int joined() {
        var uid = cluster.getMetadata().getUid();
        return (int) observed.agents()
                .stream()
                .filter(agent -> !Owner.controls(cluster, agent) && agent.getStatus() != null
                        && uid.equals(agent.getStatus().clusterUid()))
                .count();
    }
}
