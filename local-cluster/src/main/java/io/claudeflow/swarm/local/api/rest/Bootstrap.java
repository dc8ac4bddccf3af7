package io.claudeflow.swarm.local.api.rest;

import io.claudeflow.swarm.local.api.auth.User;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.resource.GroupResource;
import io.claudeflow.swarm.local.api.store.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What kube-apiserver itself makes when it starts: the system's namespaces, and its own service. */
public final class Bootstrap {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final Cluster cluster;
    private final Creation creation;

    public Bootstrap(Cluster cluster, Creation creation) {
        this.cluster = cluster;
        this.creation = creation;
    }

    /** Makes what is missing. */
    public void run(int port) {
        for (var namespace : NAMESPACES) {
            if (cluster.store().get(new ObjectKey(BuiltInKinds.NAMESPACES, "", namespace)).isEmpty()) {
                var object = KubeJson.object();
                Meta.of(object).put("name", namespace);
                creation.create(call(BuiltInKinds.NAMESPACES, ""), object, _ -> {});
            }
        }
        if (cluster.store().get(new ObjectKey(BuiltInKinds.SERVICES, "default", "kubernetes")).isEmpty()) {
            var service = KubeJson.object();
            var labels = Meta.of(service).put("name", "kubernetes").putObject("labels");
            labels.put("component", "apiserver").put("provider", "kubernetes");
            service.putObject("spec")
                    .put("clusterIP", "10.96.0.1")
                    .putArray("ports")
                    .addObject()
                    .put("name", "https")
                    .put("port", 443)
                    .put("protocol", "TCP")
                    .put("targetPort", port);
            creation.create(call(BuiltInKinds.SERVICES, "default"), service, _ -> {});
        }
    }

    private Call call(GroupResource resource, String namespace) {
        var type = cluster.catalog().find(resource).orElseThrow();
        return new Call(type, namespace, "", "", Map.of(), new User("system:apiserver", "", List.of(User.MASTERS),
                Map.of()), "kube-apiserver", new ArrayList<>());
    }
}
