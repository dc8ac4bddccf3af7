package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.apply.FieldOwnership;
import io.claudeflow.swarm.local.api.apply.Manager;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.patch.JsonPatches;
import io.claudeflow.swarm.local.api.patch.MergePatch;
import io.claudeflow.swarm.local.api.patch.StrategicMergePatch;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.schema.Pruning;
import java.util.List;

/** The four patches. */
public final class Patching {
    private final Cluster cluster;
    private final Creation creation;
    private final Updating updating;

    public Patching(Cluster cluster, Creation creation, Updating updating) {
        this.cluster = cluster;
        this.creation = creation;
        this.updating = updating;
    }

    /** How a patch is meant. */
    public enum Form {
        JSON("application/json-patch+json"), MERGE("application/merge-patch+json"), STRATEGIC(
                "application/strategic-merge-patch+json"), APPLY("application/apply-patch+yaml");

        private final String mediaType;

        Form(String mediaType) {
            this.mediaType = mediaType;
        }

        /** @throws ApiException 415 when there is no such patch */
        public static Form of(String contentType) {
            var type = contentType.split(";", 2)[0].strip();
            for (var form : values()) {
                if (form.mediaType.equals(type)) {
                    return form;
                }
            }
            throw ApiException.unsupportedMediaType("the body of the request was in an unknown format - accepted media"
                    + " types include: application/json-patch+json, application/merge-patch+json,"
                    + " application/apply-patch+yaml");
        }
    }

    /**
     * What came out of a patch.
     *
     * @param created whether an apply made the object
     */
    public record Patched(ObjectNode object, boolean created) {}

    public Patched patch(Call call, Form form, JsonNode patch) {
        if (form == Form.APPLY) {
            return apply(call, (ObjectNode) patch);
        }
        var live = updating.live(call);
        var next = patched(call.type(), form, live, patch);
        Incoming.acceptPatched(call, next);
        return new Patched(updating.update(call, live, next), false);
    }

    /** The object after a patch, not yet checked. */
    static ObjectNode patched(ResourceType type, Form form, ObjectNode live, JsonNode patch) {
        if (form == Form.JSON) {
            return JsonPatches.apply(live, patch);
        }
        if (!(patch instanceof ObjectNode object)) {
            throw ApiException.badRequest("error decoding patch: the patch must be an object");
        }
        if (form == Form.MERGE) {
            return MergePatch.apply(live, object);
        }
        if (type.custom() != null) {
            throw ApiException.unsupportedMediaType("the body of the request was in an unknown format - accepted media"
                    + " types include: application/json-patch+json, application/merge-patch+json,"
                    + " application/apply-patch+yaml");
        }
        return StrategicMergePatch.apply(type.schema(), live, object);
    }

    private Patched apply(Call call, ObjectNode applied) {
        var type = call.type();
        if (call.parameter("fieldManager").isEmpty()) {
            throw ApiException.invalid("meta.k8s.io", "PatchOptions", "",
                    List.of(FieldError.required("fieldManager",
                            "is required for apply patch")));
        }
        if (!applied.path("metadata").path("managedFields").isEmpty()) {
            throw ApiException.badRequest("metadata.managedFields must be nil");
        }
        Incoming.acceptApplied(call, applied);
        checkName(call, applied);
        var resourceVersion = Meta.resourceVersion(applied);
        var uid = Meta.uid(applied);
        var config = restricted(call, applied);
        var stored = cluster.store().get(call.key());
        var manager = Manager.applying(call.manager(), call.subresource());
        var ownership = creation.ownership(call);
        if (stored.isEmpty()) {
            return create(call, config, resourceVersion, uid, manager, ownership);
        }
        var live = Versions.shown(type, stored.get());
        var next = ownership.apply(manager, live, config, call.flag("force"));
        LastApplied.update(call.manager(), next, applied);
        Pruning.prune(type.schema(), next);
        if (!resourceVersion.isEmpty()) {
            Meta.of(next).put("resourceVersion", resourceVersion);
        }
        if (!uid.isEmpty()) {
            Meta.of(next).put("uid", uid);
        }
        return new Patched(updating.update(call, live, next, (object, before) -> {
            // The managed fields are the apply's own; what update() took over from the live object is none of its doing.
        }), false);
    }

    private Patched create(Call call, ObjectNode config, String resourceVersion, String uid, Manager manager,
            FieldOwnership ownership) {
        var type = call.type();
        if (!call.subresource().isEmpty()) {
            throw type.notFound(call.name());
        }
        if (!resourceVersion.isEmpty() || !uid.isEmpty()) {
            throw type.conflict(call.name(), "StorageError: invalid object, Code: 4, Key: , ResourceVersion: 0,"
                    + " AdditionalErrorMsg: Precondition failed: UID in precondition: " + uid
                    + ", UID in object meta: ");
        }
        var made = config.deepCopy();
        Meta.of(made).put("name", call.name());
        var owned = config.deepCopy();
        return new Patched(creation.create(call.named(""), made, object -> {
            var applied = ownership.apply(manager, FieldOwnership.nothing(type.schema()), owned, true);
            Meta.of(object).set("managedFields", applied.path("metadata").path("managedFields").deepCopy());
        }), true);
    }

    private static void checkName(Call call, ObjectNode applied) {
        var name = Meta.name(applied);
        if (!name.isEmpty() && !name.equals(call.name())) {
            throw ApiException.badRequest("the name of the object (" + name + ") does not match the name on the URL ("
                    + call.name() + ")");
        }
        var namespace = Meta.namespace(applied);
        if (!namespace.isEmpty() && !namespace.equals(call.namespace())) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    /** What of a configuration this endpoint writes: status alone, or everything but status where that has its own endpoint. */
    private static ObjectNode restricted(Call call, ObjectNode applied) {
        var out = applied.deepCopy();
        Meta.of(out).remove(List.of("resourceVersion", "uid", "creationTimestamp", "generation", "managedFields"));
        if (call.subresource().equals("status")) {
            out.remove("spec");
            Meta.of(out).remove(List.of("labels", "annotations", "finalizers", "ownerReferences"));
        } else if (call.type().has("status")) {
            out.remove("status");
        }
        return out;
    }
}
