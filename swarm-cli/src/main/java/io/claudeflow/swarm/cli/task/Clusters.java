package io.claudeflow.swarm.cli.task;

import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SwarmClusters of one namespace, and which of them a person means. */
public final class Clusters {
    private final KubeApi api;
    private final String namespace;

    public Clusters(KubeApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /** The one that is named, or the only one; none or several are a sentence that says what to do. */
    public KubeObject choose(@Nullable String wanted) {
        var clusters = new ArrayList<KubeObject>();
        api.get(TaskPaths.clusters(namespace)).path("items").forEach(item -> clusters.add(new KubeObject(item)));
        var names = clusters.stream().map(KubeObject::name).collect(Collectors.joining(", "));
        if (wanted != null) {
            return clusters.stream()
                    .filter(cluster -> cluster.name().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> new SwarmException(ErrorCode.NOT_FOUND, "namespace " + namespace
                            + " has no SwarmCluster '" + wanted + "'" + (names.isEmpty() ? "" : "; it has " + names)));
        }
        if (clusters.isEmpty()) {
            throw new SwarmException(ErrorCode.NOT_FOUND, "namespace " + namespace
                    + " has no SwarmCluster; apply one first: swarm apply -f examples/hivemind-cluster.yaml");
        }
        if (clusters.size() > 1) {
            throw new SwarmException(ErrorCode.INVALID,
                    "namespace " + namespace + " has several SwarmClusters (" + names
                            + "); say which one with --cluster");
        }
        return clusters.getFirst();
    }
}
