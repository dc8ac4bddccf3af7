package io.claudeflow.swarm.cli.logs;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.resource.ResourceWords;
import io.claudeflow.swarm.cli.resource.Selection;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which pods a person means: by name, by what made them, or by labels. */
public final class PodSearch {
    /** The label that tells a pod's SwarmCluster. */
    public static final String CLUSTER_LABEL = "swarm.claudeflow.io/cluster";

    private final KubeApi api;
    private final String namespace;

    public PodSearch(KubeApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /** Pods of those labels, by name. */
    public List<String> labelled(String selector) {
        var pods = new ArrayList<String>();
        var list = api
                .get("api/v1/namespaces/" + namespace + "/pods" + KubeApi.query(Map.of("labelSelector", selector)));
        list.path("items").forEach(pod -> pods.add(new KubeObject(pod).name()));
        if (pods.isEmpty()) {
            throw new SwarmException(ErrorCode.NOT_FOUND,
                    "no pod in namespace " + namespace + " has the labels " + selector
                            + "; 'swarm get pods' lists them");
        }
        return pods.stream().sorted().toList();
    }

    /** The pods of an object: a pod itself, a SwarmAgent's, a SwarmCluster's, or those that a workload selects. */
    public List<String> of(ResourceWords.Named named) {
        var name = String.valueOf(named.name());
        var target = Selection.of(api, List.of(named.type(), name), namespace, null).targets().getFirst();
        return switch (target.type().kind()) {
            case "Pod", "SwarmAgent" -> List.of(name);
            case "SwarmCluster" -> {
                api.get(target.type().path(namespace, name));
                yield labelled(CLUSTER_LABEL + "=" + name);
            }
            default -> labelled(selector(api.get(target.type().path(namespace, name)).path("spec").path("selector"),
                    target.type().kind()));
        };
    }

    private static String selector(JsonNode selector, String kind) {
        var labels = selector.has("matchLabels") ? selector.path("matchLabels") : selector;
        if (!labels.isObject() || labels.isEmpty()) {
            throw new SwarmException(ErrorCode.INVALID,
                    kind + " has no pods; name a pod, a Deployment, a StatefulSet, a "
                            + "Service, a SwarmAgent, a SwarmCluster or a SwarmTask");
        }
        return labels.properties()
                .stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
    }
}
