package io.claudeflow.swarm.operator.reference;

import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Fact;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose a resource is: what names me, or names none while I am the only one. Every mesh operator and the cluster operator ask
 * the same function, so that they agree without talking.
 */
public sealed interface Resolution {
    /** That cluster's. */
    record Taken(ClusterFact cluster) implements Resolution {}

    /** Nobody's: the sentence says why. */
    record NoCluster(String sentence) implements Resolution {}

    /** Several could take it. */
    record Ambiguous(List<String> names) implements Resolution {
        public Ambiguous {
            names = List.copyOf(names);
        }
    }

    /** It was bound to a cluster that no longer exists. */
    record Gone(String clusterUid) implements Resolution {}

    /**
     * Resolves.
     *
     * @param clusterRef what the spec names, or null
     * @param boundUid   {@code status.clusterUid}: once written it is final
     * @param clusters   the SwarmClusters of the resource's namespace
     */
    static Resolution of(@Nullable String clusterRef, @Nullable String boundUid, Collection<ClusterFact> clusters) {
        if (boundUid != null) {
            return clusters.stream()
                    .filter(cluster -> cluster.uid().equals(boundUid))
                    .findFirst()
                    .<Resolution>map(Taken::new)
                    .orElseGet(() -> new Gone(boundUid));
        }
        var open = clusters.stream().filter(cluster -> !cluster.ending()).toList();
        if (clusterRef != null) {
            return open.stream()
                    .filter(cluster -> cluster.name().equals(clusterRef))
                    .findFirst()
                    .<Resolution>map(Taken::new)
                    .orElseGet(() -> new NoCluster("There is no SwarmCluster '" + clusterRef
                            + "' in this namespace; apply it, or name another one in spec.clusterRef."));
        }
        return switch (open.size()) {
            case 0 -> new NoCluster("There is no SwarmCluster in this namespace; apply one.");
            case 1 -> new Taken(open.getFirst());
            default -> new Ambiguous(open.stream().map(ClusterFact::name).sorted().toList());
        };
    }

    /** The condition that a person reads while nobody has taken the resource. */
    static Fact unresolved(Resolution resolution) {
        return switch (resolution) {
            case NoCluster none -> Fact.no(Catalogue.CLUSTER_RESOLVED, Catalogue.NO_CLUSTER, none.sentence());
            case Ambiguous several -> Fact.no(Catalogue.CLUSTER_RESOLVED, Catalogue.AMBIGUOUS,
                    "Several SwarmClusters could take it: " + String.join(", ", several.names())
                            + "; name one in spec.clusterRef.");
            case Gone _ -> Fact.no(Catalogue.CLUSTER_RESOLVED, Catalogue.CLUSTER_DELETED,
                    "Its SwarmCluster was deleted; another one may take it.");
            case Taken taken -> resolved(taken.cluster().name());
        };
    }

    /** The condition of a resource that is taken. */
    static Fact resolved(String cluster) {
        return Fact.yes(Catalogue.CLUSTER_RESOLVED, Catalogue.RESOLVED, "SwarmCluster '" + cluster + "' has taken it.");
    }
}
