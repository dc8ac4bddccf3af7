package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.store.Store;
import java.util.List;

final class NamespaceRules implements KindRules {
    @Override
    public void create(ObjectNode namespace, Store store) {
        KubeJson.child(namespace, "spec").set("finalizers", KubeJson.arrayOf(List.of("kubernetes")));
        namespace.putObject("status").put("phase", "Active");
    }

    @Override
    public void defaults(ObjectNode namespace) {
        KubeJson.child(Meta.of(namespace), "labels").put("kubernetes.io/metadata.name", Meta.name(namespace));
    }

    @Override
    public void update(ObjectNode next, ObjectNode live, Store store) {
        // Only /finalize changes these.
        if (live.path("spec").has("finalizers")) {
            KubeJson.child(next, "spec").set("finalizers", live.path("spec").get("finalizers").deepCopy());
        } else {
            KubeJson.child(next, "spec").remove("finalizers");
        }
    }
}
