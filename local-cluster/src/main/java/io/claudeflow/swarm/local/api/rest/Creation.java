package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.apply.FieldOwnership;
import io.claudeflow.swarm.local.api.apply.Manager;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.kind.GeneratedNames;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.schema.Defaulting;
import io.claudeflow.swarm.local.api.store.ObjectKey;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Creating objects. */
public final class Creation {
    /** Kinds whose first status the creator writes: nodes register themselves with it, the others have no separate status. */
    private static final Set<String> OWN_STATUS = Set.of("Node");

    private final Cluster cluster;

    public Creation(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Creates what the body says, and owns it by update. */
    public ObjectNode create(Call call, ObjectNode body) {
        if (!call.name().isEmpty()) {
            throw ApiException.methodNotAllowed("the server does not allow this method on the requested resource");
        }
        Incoming.accept(call, body);
        return create(call, body, object -> ownership(call).updated(
                Manager.updating(call.manager(), call.type().apiVersion(), call.subresource()),
                FieldOwnership.nothing(call.type().schema()), object));
    }

    /** Creates an object that is decoded already; {@code own} writes its managed fields. */
    ObjectNode create(Call call, ObjectNode object, Consumer<ObjectNode> own) {
        var type = call.type();
        identify(call, object);
        refuseMissingNamespace(call, object);
        refuseWhileDefinitionGoes(call);
        var rules = cluster.kinds().of(type);
        if (type.has("status") && !OWN_STATUS.contains(type.kind())) {
            object.remove("status");
        }
        Defaulting.apply(type.schema(), object);
        rules.defaults(object);
        own(object, own);
        rules.create(object, cluster.store());
        if (type.custom() == null && type.has("status") && !object.has("status")) {
            object.putObject("status");
        }
        Checks.check(cluster, type, object, null);
        var stored = Versions.stored(type, object, cluster.catalog(), cluster.store());
        var key = ObjectKey.of(type.stored(), stored);
        if (cluster.store().get(key).isPresent()) {
            throw ApiException.alreadyExists(type.group(), type.plural(), key.name());
        }
        return Versions.shown(type, call.dryRun() ? stored : cluster.store().put(type.stored(), stored));
    }

    /** What the caller has written is the caller's; what the server adds is nobody's, nor is a status written here. */
    private static void own(ObjectNode object, Consumer<ObjectNode> own) {
        var status = object.remove("status");
        own.accept(object);
        if (status != null) {
            object.set("status", status);
        }
    }

    private void identify(Call call, ObjectNode object) {
        var type = call.type();
        var meta = Meta.of(object);
        if (!Meta.resourceVersion(object).isEmpty()) {
            throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
        }
        if (type.namespaced()) {
            namespace(call, object);
        } else if (!Meta.namespace(object).isEmpty()) {
            throw ApiException.badRequest("namespace field is not allowed for cluster-scoped " + type.plural());
        }
        if (Meta.name(object).isEmpty()) {
            var prefix = KubeJson.string(meta, "generateName");
            if (prefix.isEmpty()) {
                throw type.invalid("", List.of(FieldError.required("metadata.name",
                        "name or generateName is required")));
            }
            meta.put("name", GeneratedNames.of(prefix));
        }
        meta.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "generation", "managedFields"));
        meta.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", cluster.now());
        if (BuiltInKinds.hasGeneration(type)) {
            meta.put("generation", 1);
        }
    }

    private static void namespace(Call call, ObjectNode object) {
        var given = Meta.namespace(object);
        if (!given.isEmpty() && !given.equals(call.namespace())) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        if (call.namespace().isEmpty()) {
            throw ApiException.badRequest("an empty namespace may not be set during creation");
        }
        Meta.of(object).put("namespace", call.namespace());
    }

    private void refuseMissingNamespace(Call call, ObjectNode object) {
        if (!call.type().namespaced()) {
            return;
        }
        var namespace = cluster.store()
                .get(new ObjectKey(BuiltInKinds.NAMESPACES, "", call.namespace()))
                .orElseThrow(() -> ApiException.notFound("", "namespaces", call.namespace()));
        if (Meta.deleting(namespace)) {
            throw ApiException.namespaceTerminating(call.type().group(), call.type().plural(), Meta.name(object),
                    call.namespace());
        }
    }

    private void refuseWhileDefinitionGoes(Call call) {
        if (call.type().custom() != null) {
            var definition = cluster.store()
                    .get(new ObjectKey(BuiltInKinds.DEFINITIONS, "", call.type().stored().toString()));
            if (definition.isPresent() && Meta.deleting(definition.get())) {
                throw ApiException.methodNotAllowed(
                        "create not allowed while custom resource definition is terminating");
            }
        }
    }

    FieldOwnership ownership(Call call) {
        return new FieldOwnership(call.type().schema(), call.type().apiVersion(), cluster.now());
    }
}
