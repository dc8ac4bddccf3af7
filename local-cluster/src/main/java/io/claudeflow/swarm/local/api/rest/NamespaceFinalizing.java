package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;

/** The finalize subresource of namespaces: the one way to take away spec.finalizers. */
public final class NamespaceFinalizing {
    private final Updating updating;

    public NamespaceFinalizing(Updating updating) {
        this.updating = updating;
    }

    public ObjectNode finalize(Call call, ObjectNode body) {
        var live = updating.live(call);
        var revision = Meta.resourceVersion(body);
        if (!revision.isEmpty() && !revision.equals(Meta.resourceVersion(live))) {
            throw ApiException.modified("", "namespaces", call.name());
        }
        var next = live.deepCopy();
        var finalizers = KubeJson.strings(body.path("spec").path("finalizers"));
        if (finalizers.isEmpty()) {
            KubeJson.child(next, "spec").remove("finalizers");
        } else {
            KubeJson.child(next, "spec").set("finalizers", KubeJson.arrayOf(finalizers));
        }
        return updating.store(call, live, next);
    }
}
