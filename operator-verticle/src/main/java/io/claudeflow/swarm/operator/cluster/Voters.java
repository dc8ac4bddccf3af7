package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Fact;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Who votes in the Raft group, as the mesh operator reported it, and what follows for the hive-mind's StatefulSet: pods come as
 * soon as they are wanted and ask to join, and go only when they vote no more. Who votes is unknown while no leader is; then no pod
 * goes.
 */
final class Voters {
    private Voters() {}

    /** Ordinals, sorted; empty: unknown. */
    static Optional<List<Integer>> ordinals(SwarmCluster cluster) {
        var mesh = cluster.getStatus() == null ? null : cluster.getStatus().mesh();
        if (mesh == null || mesh.leader() == null || mesh.voters().isEmpty()) {
            return Optional.empty();
        }
        var ordinals = new TreeSet<Integer>();
        for (var voter : mesh.voters()) {
            try {
                ordinals.add(Integer.valueOf(voter.substring(voter.lastIndexOf('-') + 1)));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(ordinals));
    }

    /** Replicas of the StatefulSet. */
    static int pods(SwarmCluster cluster, Observed observed, Group group) {
        int wanted = Group.replicas(cluster);
        if (group.state() == Group.State.FOUNDING) {
            return Math.max(wanted, group.founders().size());
        }
        int needed = ordinals(cluster).map(voters -> voters.getLast() + 1).orElse(present(observed));
        return Math.max(wanted, needed);
    }

    private static int present(Observed observed) {
        var statefulSet = observed.hivemind();
        var replicas = statefulSet == null || statefulSet.getSpec() == null
                ? null
                : statefulSet.getSpec().getReplicas();
        return replicas == null ? 0 : replicas;
    }

    /** Whether no pod with that ordinal or a higher one is left. */
    static boolean goneFrom(int ordinal, Observed observed) {
        var statefulSet = observed.hivemind();
        var status = statefulSet == null ? null : statefulSet.getStatus();
        var replicas = status == null ? null : status.getReplicas();
        return present(observed) <= ordinal && replicas != null && replicas <= ordinal;
    }

    /** The condition on the members; none while the group is being founded or nobody has reported. */
    static Optional<Fact> fact(SwarmCluster cluster, Group group) {
        if (group.state() == Group.State.FOUNDING) {
            return Optional.empty();
        }
        int wanted = Group.replicas(cluster);
        return Optional.of(ordinals(cluster).map(voters -> {
            var who = voters.stream().map(String::valueOf).collect(Collectors.joining(", "));
            return voters.equals(IntStream.range(0, wanted).boxed().toList())
                    ? Fact.yes(Catalogue.MEMBERSHIP_READY, Catalogue.SETTLED,
                            "The voters are the replicas " + who + ".")
                    : Fact.no(Catalogue.MEMBERSHIP_READY, Catalogue.CHANGING,
                            "The voters are the replicas " + who + "; " + wanted + " are wanted.");
        })
                .orElseGet(() -> Fact.unknown(Catalogue.MEMBERSHIP_READY, Catalogue.NO_LEADER,
                        "No leader says who the voters are.")));
    }
}
