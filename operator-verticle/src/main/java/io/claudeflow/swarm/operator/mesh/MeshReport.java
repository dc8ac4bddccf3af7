package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.cluster.MeshStatus;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterStatus;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.operator.cluster.ClusterStatus;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.condition.Fact;
import io.claudeflow.swarm.operator.identity.Owner;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mesh operator's part of the SwarmCluster's status: {@code status.mesh} and three conditions. */
final class MeshReport {
    private MeshReport() {}

    /**
     * What is seen of the mesh.
     *
     * @param state     the last that a leader said
     * @param fresh     whether that was just now
     * @param connected UIDs of agents with an open stream
     * @param released  whether the swarm is ending and nothing is left to hand back
     */
    record Seen(Optional<SwarmState> state, boolean fresh, Set<String> connected, boolean released) {}

    static SwarmClusterStatus of(SwarmCluster cluster, Seen seen, List<SwarmAgent> agents, SwarmId swarm,
            Instant now) {
        List<Condition> current = cluster.getStatus() == null ? List.of() : cluster.getStatus().conditions();
        var facts = new ArrayList<Fact>();
        facts.add(hiveMind(seen, swarm));
        facts.add(agents(cluster, seen, agents));
        if (cluster.isMarkedForDeletion()) {
            facts.add(seen.released
                    ? Fact.yes(Catalogue.DRAINED, Catalogue.HANDED_BACK,
                            "Nothing runs any more and every task was released.")
                    : Fact.no(Catalogue.DRAINED, Catalogue.DRAINING, "Running work is being handed back."));
        }
        return SwarmClusterStatus.builder()
                .mesh(mesh(cluster, seen, swarm))
                .conditions(Conditions.of(facts, current, cluster.getMetadata().getGeneration(), now))
                .build();
    }

    /** The part of a status that the mesh operator owns. */
    static SwarmClusterStatus ownPart(@Nullable SwarmClusterStatus status) {
        return status == null
                ? SwarmClusterStatus.builder().build()
                : SwarmClusterStatus.builder()
                        .mesh(status.mesh())
                        .conditions(status.conditions()
                                .stream()
                                .filter(condition -> ClusterStatus.MESH_CONDITIONS.contains(condition.getType()))
                                .toList())
                        .build();
    }

    /** Whether more than counters and sentences differ. */
    static boolean transition(SwarmClusterStatus before, SwarmClusterStatus now) {
        return !bare(before).equals(bare(now));
    }

    private static SwarmClusterStatus bare(SwarmClusterStatus status) {
        var mesh = status.mesh();
        return SwarmClusterStatus.builder()
                .mesh(mesh == null
                        ? null
                        : new MeshStatus(mesh.leader(), mesh.queen(), mesh.term(), mesh.epoch(), mesh.voters(),
                                Map.of(),
                                mesh.drain()))
                .conditions(status.conditions()
                        .stream()
                        .map(condition -> condition.edit().withMessage("").build())
                        .toList())
                .build();
    }

    private static Fact hiveMind(Seen seen, SwarmId swarm) {
        return seen.fresh && seen.state.isPresent()
                ? Fact.yes(Catalogue.HIVEMIND_READY, Catalogue.QUORUM,
                        "Replica " + swarm.names().hivemindPod(seen.state.get().leader()) + " leads.")
                : Fact.no(Catalogue.HIVEMIND_READY, Catalogue.NO_LEADER,
                        "No leader of the hive-mind has been heard; see its pods (component=hivemind).");
    }

    private static Fact agents(SwarmCluster cluster, Seen seen, List<SwarmAgent> agents) {
        var made = agents.stream()
                .filter(agent -> Owner.controls(cluster, agent) && !agent.isMarkedForDeletion())
                .map(agent -> agent.getMetadata().getUid())
                .toList();
        long connected = made.stream().filter(seen.connected::contains).count();
        var wanted = cluster.getSpec().replicas();
        var sentence = connected + " of " + (wanted == null ? made.size() : wanted) + " wanted agents are connected.";
        return wanted != null && made.size() == wanted && connected == wanted
                ? Fact.yes(Catalogue.AGENTS_READY, Catalogue.CONNECTED, sentence)
                : Fact.no(Catalogue.AGENTS_READY, Catalogue.WAITING_FOR_AGENTS, sentence);
    }

    private static @Nullable MeshStatus mesh(SwarmCluster cluster, Seen seen, SwarmId swarm) {
        var drain = !cluster.isMarkedForDeletion()
                ? null
                : seen.released ? MeshStatus.Drain.DRAINED : MeshStatus.Drain.DRAINING;
        var state = seen.state.orElse(null);
        if (state == null) {
            return drain == null ? null : new MeshStatus(null, null, null, null, List.of(), Map.of(), drain);
        }
        var names = swarm.names();
        return new MeshStatus(seen.fresh ? names.hivemindPod(state.leader()) : null, state.queen(), state.term(),
                state.epoch(),
                state.voters().stream().sorted().map(names::hivemindPod).toList(), state.connectedByType(), drain);
    }
}
