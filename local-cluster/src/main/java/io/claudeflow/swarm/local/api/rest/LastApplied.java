package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;

/** Keeps the annotation of kubectl's client-side apply in step when the same user applies on the server. */
final class LastApplied {
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    private LastApplied() {}

    /** Writes the annotation of {@code next}, if it has one and kubectl is the manager. */
    static void update(String manager, ObjectNode next, ObjectNode applied) {
        if (!manager.equals("kubectl") || KubeJson.string(next, "metadata", "annotations", ANNOTATION).isEmpty()) {
            return;
        }
        var config = applied.deepCopy();
        if (config.path("metadata").get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANNOTATION);
        }
        KubeJson.child(Meta.of(next), "annotations").put(ANNOTATION, KubeJson.sorted(config) + "\n");
    }
}
