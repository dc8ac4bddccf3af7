package io.claudeflow.swarm.cli.task;

import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.logs.PodSearch;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the services of a SwarmCluster are, seen from here. */
public final class Endpoints {
    private static final String HIVEMIND = "hivemind";
    private static final String LOOPBACK = "127.";

    private final KubeApi api;

    public Endpoints(KubeApi api) {
        this.api = api;
    }

    /**
     * The URL of a service that the cluster's status names. Pods of a local swarm are on loopback addresses of this machine, whose
     * resolver knows no Services: there it is that of a ready pod.
     */
    public String url(KubeObject cluster, String service) {
        var endpoints = cluster.map("status.endpoints");
        var address = endpoints.get(service);
        if (address == null) {
            throw new SwarmException(ErrorCode.NOT_FOUND,
                    "SwarmCluster " + cluster.name() + " has no endpoint '" + service
                            + "'" + (endpoints.isEmpty()
                                    ? " yet; try again when it has a status"
                                    : "; it has " + String.join(", ", endpoints.keySet())));
        }
        var here = service.equals(HIVEMIND) ? local(cluster) : List.<KubeObject>of();
        if (here.isEmpty()) {
            return "http://" + address;
        }
        return here.stream()
                .filter(pod -> pod.holds("Ready"))
                .findFirst()
                .map(pod -> "http://" + pod.text("status.podIP") + ":" + MeshPorts.GATEWAY)
                .orElseThrow(() -> new SwarmException(ErrorCode.UNAVAILABLE,
                        "no hive-mind of SwarmCluster " + cluster.name() + " is ready; see: swarm status"));
    }

    /** The hive-mind's pods that are on this machine, by name. */
    private List<KubeObject> local(KubeObject cluster) {
        var pods = new ArrayList<KubeObject>();
        var query = KubeApi.query(Map.of("labelSelector",
                "component=" + HIVEMIND + "," + PodSearch.CLUSTER_LABEL + "=" + cluster.name()));
        api.get("api/v1/namespaces/" + cluster.namespace() + "/pods" + query)
                .path("items")
                .forEach(pod -> pods.add(new KubeObject(pod)));
        pods.removeIf(pod -> !pod.text("status.podIP").startsWith(LOOPBACK));
        return pods;
    }
}
