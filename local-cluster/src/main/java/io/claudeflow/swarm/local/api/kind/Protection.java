package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.Meta;
import java.util.ArrayList;

/** Finalizers that kube-apiserver's admission adds, and controllers remove when nothing uses the object. */
final class Protection {
    private Protection() {}

    static void add(ObjectNode object, String finalizer) {
        var finalizers = new ArrayList<>(Meta.finalizers(object));
        if (!finalizers.contains(finalizer)) {
            finalizers.add(finalizer);
            Meta.setFinalizers(object, finalizers);
        }
    }
}
