package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.apply.FieldOwnership;
import io.claudeflow.swarm.local.api.apply.Manager;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.schema.Defaulting;
import java.util.List;
import java.util.function.BiConsumer;

/** Replacing objects and their status. */
public final class Updating {
    /** What of metadata only the server writes. */
    private static final List<String> SERVERS = List.of("name", "namespace", "uid", "creationTimestamp", "generation",
            "deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion", "generateName");

    private final Cluster cluster;

    public Updating(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The object that a call names, in the call's version. */
    public ObjectNode live(Call call) {
        return cluster.store()
                .get(call.key())
                .map(stored -> Versions.shown(call.type(), stored))
                .orElseThrow(() -> call.type().notFound(call.name()));
    }

    /** PUT of an object or its status. */
    public ObjectNode replace(Call call, ObjectNode body) {
        Incoming.accept(call, body);
        var type = call.type();
        if (Meta.name(body).isEmpty()) {
            throw type.invalid("", List.of(FieldError.required("metadata.name", "name must be provided")));
        }
        var live = live(call);
        if (type.custom() != null && Meta.resourceVersion(body).isEmpty()) {
            throw ApiException.invalid(type.group(), type.plural(), call.name(),
                    List.of(new FieldError(FieldError.Kind.INVALID, "metadata.resourceVersion",
                            "0", "must be specified for an update")));
        }
        return update(call, live, body);
    }

    /** Stores a new state that its caller's manager owns the changes of. */
    ObjectNode update(Call call, ObjectNode live, ObjectNode body) {
        return update(call, live, body, (next, before) -> ownership(call)
                .updated(Manager.updating(call.manager(), call.type().apiVersion(), call.subresource()), before, next));
    }

    /** Stores a new state; {@code own} writes its managed fields, given the new and the live object. */
    ObjectNode update(Call call, ObjectNode live, ObjectNode body, BiConsumer<ObjectNode, ObjectNode> own) {
        var type = call.type();
        checkIdentity(call, live, body);
        boolean status = call.subresource().equals("status");
        var next = status ? withStatus(live, body) : withoutStatus(type, live, body);
        keepServers(next, live);
        var rules = cluster.kinds().of(type);
        Defaulting.apply(type.schema(), next);
        rules.defaults(next);
        if (!status) {
            rules.update(next, live, cluster.store());
        }
        own.accept(next, live);
        Checks.check(cluster, type, next, live);
        return store(call, live, next);
    }

    /** Writes what is checked: counts generations, does nothing when nothing changed, and removes what was only waiting for this. */
    ObjectNode store(Call call, ObjectNode live, ObjectNode next) {
        var type = call.type();
        if (BuiltInKinds.hasGeneration(type) && !KubeJson.same(spec(type, next), spec(type, live))) {
            Meta.of(next).put("generation", live.path("metadata").path("generation").asLong(0) + 1);
        }
        if (KubeJson.same(next, live)) {
            return live;
        }
        if (call.dryRun()) {
            return next;
        }
        var stored = Versions.stored(type, next, cluster.catalog(), cluster.store());
        var written = Deletion.gone(type, stored)
                ? cluster.store().remove(type.stored(), stored)
                : cluster.store().put(type.stored(), stored);
        return Versions.shown(type, written);
    }

    private static void checkIdentity(Call call, ObjectNode live, ObjectNode body) {
        var type = call.type();
        var name = Meta.name(body);
        if (!name.isEmpty() && !name.equals(call.name())) {
            throw ApiException.badRequest("the name of the object (" + name + ") does not match the name on the URL ("
                    + call.name() + ")");
        }
        var namespace = Meta.namespace(body);
        if (!namespace.isEmpty() && !namespace.equals(call.namespace())) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        var uid = Meta.uid(body);
        if (!uid.isEmpty() && !uid.equals(Meta.uid(live))) {
            throw type.conflict(call.name(), "Precondition failed: UID in precondition: " + uid
                    + ", UID in object meta: " + Meta.uid(live));
        }
        var revision = Meta.resourceVersion(body);
        if (!revision.isEmpty() && !revision.equals(Meta.resourceVersion(live))) {
            throw ApiException.modified(type.group(), type.plural(), call.name());
        }
    }

    private static ObjectNode withStatus(ObjectNode live, ObjectNode body) {
        var next = live.deepCopy();
        if (body.has("status")) {
            next.set("status", body.get("status").deepCopy());
        } else {
            next.remove("status");
        }
        if (body.path("metadata").has("managedFields")) {
            Meta.of(next).set("managedFields", body.path("metadata").get("managedFields").deepCopy());
        }
        return next;
    }

    private static ObjectNode withoutStatus(ResourceType type, ObjectNode live, ObjectNode body) {
        var next = body.deepCopy();
        if (type.has("status")) {
            if (live.has("status")) {
                next.set("status", live.get("status").deepCopy());
            } else {
                next.remove("status");
            }
        }
        return next;
    }

    private static void keepServers(ObjectNode next, ObjectNode live) {
        var meta = Meta.of(next);
        for (var field : SERVERS) {
            var value = live.path("metadata").get(field);
            if (value == null) {
                meta.remove(field);
            } else {
                meta.set(field, value);
            }
        }
    }

    /** What a generation counts changes of: all but metadata, and status where it has an endpoint of its own. */
    private static JsonNode spec(ResourceType type, ObjectNode object) {
        var spec = KubeJson.object();
        spec.setAll(object);
        spec.remove(List.of("metadata", "apiVersion", "kind"));
        if (type.has("status")) {
            spec.remove("status");
        }
        return spec;
    }

    FieldOwnership ownership(Call call) {
        // Kubernetes tells no time of a scale.
        var time = call.subresource().equals("scale") ? "" : cluster.now();
        return new FieldOwnership(call.type().schema(), call.type().apiVersion(), time);
    }
}
