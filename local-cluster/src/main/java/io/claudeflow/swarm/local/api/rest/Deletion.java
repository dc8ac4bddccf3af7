package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.store.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Deleting objects: at once, or marked and waiting for finalizers, for the pod's kubelet, or for the namespace's content. What others
 * have to do then (garbage collection, emptying a namespace) is for controllers.
 */
public final class Deletion {
    private static final Set<String> KEPT_NAMESPACES = Set.of("default", "kube-system", "kube-public");
    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";

    private final Cluster cluster;

    public Deletion(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * The outcome of a deletion.
     *
     * @param object the object's last state
     * @param gone   false when it is only marked
     */
    public record Deleted(ObjectNode object, boolean gone) {}

    /** Deletes what the call names, as DeleteOptions in the body (and the query) say. */
    public Deleted delete(Call call, ObjectNode options) {
        var type = call.type();
        var live = cluster.store().get(call.key()).orElseThrow(() -> type.notFound(call.name()));
        checkPreconditions(call, live, options.path("preconditions"));
        if (type.is(BuiltInKinds.NAMESPACES) && KEPT_NAMESPACES.contains(call.name())) {
            throw type.forbidden(call.name(), "this namespace may not be deleted");
        }
        boolean dryRun = call.dryRun() || !options.path("dryRun").isEmpty();
        var next = live.deepCopy();
        Meta.setFinalizers(next, finalizers(call, live, options));
        long grace = grace(call, type, live, options);
        boolean waits = grace > 0 || !Meta.finalizers(next).isEmpty() || holdsContent(type, next);
        if (!waits) {
            var last = live.deepCopy();
            if (type.is(BuiltInKinds.PODS)) {
                mark(type, last, live, 0);
            }
            return new Deleted(dryRun ? last : cluster.store().remove(type.stored(), last), true);
        }
        mark(type, next, live, grace);
        boolean same = KubeJson.same(next, live);
        return new Deleted(dryRun || same ? next : cluster.store().put(type.stored(), next), false);
    }

    /** Whether nothing keeps a marked object any longer. */
    static boolean gone(ResourceType type, ObjectNode object) {
        return Meta.deleting(object) && Meta.finalizers(object).isEmpty()
                && object.path("metadata").path("deletionGracePeriodSeconds").asLong(0) == 0
                && !holdsContent(type, object);
    }

    private static boolean holdsContent(ResourceType type, ObjectNode object) {
        return type.is(BuiltInKinds.NAMESPACES) && !object.path("spec").path("finalizers").isEmpty();
    }

    private static void checkPreconditions(Call call, ObjectNode live, JsonNode preconditions) {
        for (var field : List.of("uid", "resourceVersion")) {
            var wanted = KubeJson.string(preconditions, field);
            var found = KubeJson.string(live, "metadata", field);
            if (!wanted.isEmpty() && !wanted.equals(found)) {
                var name = field.equals("uid") ? "UID" : "ResourceVersion";
                throw ApiException.conflict(call.type().group(), call.type().kind(), call.name(), "the " + name
                        + " in the precondition (" + wanted + ") does not match the " + name + " in record (" + found
                        + "). The object might have been "
                        + (field.equals("uid") ? "deleted and then recreated" : "modified"));
            }
        }
    }

    /** The finalizers with which the garbage collector learns what to do with dependents. */
    private static List<String> finalizers(Call call, ObjectNode live, ObjectNode options) {
        var finalizers = new ArrayList<>(Meta.finalizers(live));
        var policy = policy(call, options);
        if (policy.isEmpty()) {
            boolean decided = finalizers.contains(ORPHAN) || finalizers.contains(FOREGROUND);
            policy = decided ? "" : call.type().is(BuiltInKinds.JOBS) ? "Orphan" : "Background";
        }
        switch (policy) {
            case "Orphan" -> replace(finalizers, FOREGROUND, ORPHAN);
            case "Foreground" -> replace(finalizers, ORPHAN, FOREGROUND);
            case "Background" -> finalizers.removeAll(List.of(ORPHAN, FOREGROUND));
            case "" -> {
                // As the object's own finalizers say.
            }
            default -> throw ApiException.unprocessable("DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy:"
                    + " Unsupported value: \"" + policy
                    + "\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"");
        }
        return finalizers;
    }

    private static String policy(Call call, ObjectNode options) {
        if (options.has("orphanDependents")) {
            return options.path("orphanDependents").asBoolean() ? "Orphan" : "Background";
        }
        var policy = KubeJson.string(options, "propagationPolicy");
        return policy.isEmpty() ? call.parameter("propagationPolicy") : policy;
    }

    private static void replace(List<String> finalizers, String old, String added) {
        finalizers.remove(old);
        if (!finalizers.contains(added)) {
            finalizers.add(added);
        }
    }

    /** Seconds that a pod gets to stop; 0 for everything that no kubelet runs. */
    private static long grace(Call call, ResourceType type, ObjectNode live, ObjectNode options) {
        if (!type.is(BuiltInKinds.PODS)) {
            return 0;
        }
        var phase = KubeJson.string(live, "status", "phase");
        boolean over = phase.equals("Succeeded") || phase.equals("Failed");
        if (KubeJson.string(live, "spec", "nodeName").isEmpty() || over) {
            return 0;
        }
        var given = call.parameter("gracePeriodSeconds");
        long wanted = options.has("gracePeriodSeconds")
                ? options.path("gracePeriodSeconds").asLong()
                : given.matches("\\d{1,9}")
                        ? Long.parseLong(given)
                        : live.path("spec").path("terminationGracePeriodSeconds").asLong(30);
        if (Meta.deleting(live)) {
            // A second deletion may only shorten what the first one gave.
            return Math.min(wanted, live.path("metadata").path("deletionGracePeriodSeconds").asLong(wanted));
        }
        return wanted;
    }

    private void mark(ResourceType type, ObjectNode next, ObjectNode live, long grace) {
        var meta = Meta.of(next);
        boolean first = !Meta.deleting(live);
        boolean shorter = live.path("metadata").path("deletionGracePeriodSeconds").asLong(grace) > grace;
        if (first || shorter) {
            // Less time counts from the first request as well.
            var asked = first ? cluster.clock().instant() : asked(live);
            meta.put("deletionTimestamp", Meta.timestamp(asked.plus(Duration.ofSeconds(grace))));
            if (!type.is(BuiltInKinds.NAMESPACES)) {
                meta.put("deletionGracePeriodSeconds", grace);
            }
        }
        if (first && BuiltInKinds.hasGeneration(type)) {
            meta.put("generation", live.path("metadata").path("generation").asLong(0) + 1);
        }
        if (type.is(BuiltInKinds.NAMESPACES)) {
            KubeJson.child(next, "status").put("phase", "Terminating");
        }
    }

    private static Instant asked(ObjectNode deleting) {
        var meta = deleting.path("metadata");
        return Instant.parse(KubeJson.string(meta, "deletionTimestamp"))
                .minusSeconds(meta.path("deletionGracePeriodSeconds").asLong(0));
    }

    /** Deletes everything that a selector takes; returns the objects as they were. */
    public List<ObjectNode> deleteAll(Call call, List<ObjectNode> selected, ObjectNode options) {
        for (var object : selected) {
            var key = ObjectKey.of(call.type().stored(), object);
            delete(new Call(call.type(), key.namespace(), key.name(), "", call.query(), call.user(), call.userAgent(),
                    call.warnings()), options);
        }
        return selected;
    }
}
