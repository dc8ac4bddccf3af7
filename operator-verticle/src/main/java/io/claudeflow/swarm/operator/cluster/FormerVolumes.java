package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.identity.ClusterNames;
import io.claudeflow.swarm.operator.identity.Labels;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deletes the volumes of replicas that were taken out of the group, when their pods are gone: such a volume would not be let in
 * again. Not with {@code retainVolumes}. After a restart of the operator it looks once.
 */
final class FormerVolumes {
    /** More replicas than a hive-mind can have. */
    private static final int ORDINALS = 8;

    /** By the cluster's UID: from which ordinal on no volumes are left. */
    private final Map<String, Integer> free = new ConcurrentHashMap<>();

    void delete(SwarmCluster cluster, Observed observed, KubernetesClient client) {
        var uid = cluster.getMetadata().getUid();
        var group = Group.desired(cluster, observed.group());
        int pods = Voters.pods(cluster, observed, group);
        var known = free.get(uid);
        if (known != null && known > pods && !Voters.goneFrom(pods, observed)) {
            return;
        }
        if (known != null && known <= pods) {
            // Volumes of replicas that came since are in use; of those above nothing is left.
            free.put(uid, pods);
            return;
        }
        if (group.state() == Group.State.FOUNDING || Voters.ordinals(cluster).isEmpty()
                || !Voters.goneFrom(pods, observed)
                || HivemindObjects.retainedAsWritten(observed, HivemindObjects.retained(cluster))) {
            return;
        }
        var names = new ClusterNames(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
        for (int ordinal = pods; ordinal < ORDINALS; ordinal++) {
            var claim = client.persistentVolumeClaims()
                    .inNamespace(names.namespace())
                    .withName(HivemindObjects.volume(names, ordinal));
            var its = claim.get();
            if (its != null && Labels.selector(names.cluster(), Labels.HIVEMIND)
                    .entrySet()
                    .stream()
                    .allMatch(
                            label -> label.getValue().equals(its.getMetadata().getLabels().get(label.getKey())))) {
                claim.delete();
            }
        }
        free.put(uid, pods);
    }

    void forget(SwarmCluster cluster) {
        free.remove(cluster.getMetadata().getUid());
    }
}
