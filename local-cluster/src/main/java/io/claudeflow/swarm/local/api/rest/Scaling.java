package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.table.JsonPaths;
import java.util.ArrayList;
import java.util.List;

/** The scale subresource: autoscaling/v1 Scale over the fields that a kind names. */
public final class Scaling {
    private final Updating updating;

    public Scaling(Updating updating) {
        this.updating = updating;
    }

    public ObjectNode get(Call call) {
        return scale(call.type(), updating.live(call));
    }

    public ObjectNode replace(Call call, ObjectNode scale) {
        var live = updating.live(call);
        var revision = Meta.resourceVersion(scale);
        if (!revision.isEmpty() && !revision.equals(Meta.resourceVersion(live))) {
            throw ApiException.modified(call.type().group(), call.type().plural(), call.name());
        }
        return set(call, live, scale);
    }

    public ObjectNode patch(Call call, Patching.Form form, JsonNode patch) {
        var live = updating.live(call);
        if (form == Patching.Form.APPLY) {
            throw ApiException.notImplemented(
                    "server-side apply of a Scale is not served here: use a merge patch of spec.replicas");
        }
        var strategic = form == Patching.Form.STRATEGIC ? Patching.Form.MERGE : form;
        return set(call, live, Patching.patched(call.type(), strategic, scale(call.type(), live), patch));
    }

    private ObjectNode set(Call call, ObjectNode live, ObjectNode scale) {
        var replicas = scale.path("spec").path("replicas");
        if (!replicas.isMissingNode() && (!replicas.isIntegralNumber() || replicas.asInt() < 0)) {
            throw ApiException.invalid("autoscaling", "Scale", call.name(), List.of(FieldError.invalid("spec.replicas",
                    replicas, "must be greater than or equal to 0")));
        }
        var next = live.deepCopy();
        JsonPaths.set(next, path(call.type(), "specReplicasPath"), KubeJson.MAPPER.getNodeFactory()
                .numberNode(
                        replicas.asInt(0)));
        return scale(call.type(), updating.update(call, live, next));
    }

    private static ObjectNode scale(ResourceType type, ObjectNode object) {
        var scale = KubeJson.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        var meta = scale.putObject("metadata");
        for (var field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            if (object.path("metadata").has(field)) {
                meta.set(field, object.path("metadata").get(field));
            }
        }
        var wanted = JsonPaths.find(object, path(type, "specReplicasPath"));
        if (wanted.isEmpty()) {
            throw ApiException.internal("the spec replicas field \"" + path(type, "specReplicasPath")
                    + "\" does not exist");
        }
        scale.putObject("spec").put("replicas", wanted.getFirst().asInt());
        var status = scale.putObject("status");
        var current = JsonPaths.find(object, path(type, "statusReplicasPath"));
        status.put("replicas", current.isEmpty() ? 0 : current.getFirst().asInt());
        var selector = selector(type, object);
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    private static String path(ResourceType type, String which) {
        if (type.custom() != null) {
            return KubeJson.string(type.custom(), "subresources", "scale", which);
        }
        return which.equals("specReplicasPath") ? ".spec.replicas" : ".status.replicas";
    }

    private static String selector(ResourceType type, ObjectNode object) {
        if (type.custom() != null) {
            var path = path(type, "labelSelectorPath");
            var found = path.isEmpty() ? List.<JsonNode>of() : JsonPaths.find(object, path);
            return found.isEmpty() ? "" : found.getFirst().asText();
        }
        var parts = new ArrayList<String>();
        object.path("spec")
                .path("selector")
                .path("matchLabels")
                .properties()
                .forEach(e -> parts.add(e.getKey() + "=" + e.getValue().asText()));
        return String.join(",", parts);
    }
}
