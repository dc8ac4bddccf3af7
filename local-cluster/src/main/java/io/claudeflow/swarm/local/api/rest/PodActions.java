package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.GroupResource;
import io.claudeflow.swarm.local.api.select.LabelSelector;

/** The subresources of pods that change them: binding to a node, and eviction. */
public final class PodActions {
    private static final GroupResource BUDGETS = new GroupResource("policy", "poddisruptionbudgets");

    private final Cluster cluster;
    private final Updating updating;
    private final Deletion deletion;

    public PodActions(Cluster cluster, Updating updating, Deletion deletion) {
        this.cluster = cluster;
        this.updating = updating;
        this.deletion = deletion;
    }

    /** Binds a pod to a node, once. */
    public ObjectNode bind(Call call, ObjectNode binding) {
        var live = updating.live(call);
        var node = KubeJson.string(binding, "target", "name");
        if (node.isEmpty()) {
            throw ApiException.badRequest("Binding: target.name: Required value: the node to bind the pod to");
        }
        var bound = KubeJson.string(live, "spec", "nodeName");
        if (!bound.isEmpty()) {
            throw ApiException.conflict("", "pods/binding", call.name(), "pod " + call.name()
                    + " is already assigned to node \"" + bound + "\"");
        }
        if (Meta.deleting(live)) {
            throw ApiException.conflict("", "pods/binding", call.name(), "pod " + call.name()
                    + " is being deleted, cannot be assigned to a host");
        }
        var next = live.deepCopy();
        KubeJson.child(next, "spec").put("nodeName", node);
        var conditions = KubeJson.child(next, "status").withArray("conditions");
        for (var old = conditions.elements(); old.hasNext();) {
            if (KubeJson.string(old.next(), "type").equals("PodScheduled")) {
                old.remove();
            }
        }
        conditions.addObject()
                .put("type", "PodScheduled")
                .put("status", "True")
                .put("lastTransitionTime", cluster.now());
        if (!call.dryRun()) {
            // Past the count of generations: where a pod runs is no change of what was asked for.
            cluster.store().put(call.type().stored(), next);
        }
        return success(201);
    }

    /** Deletes a pod unless a PodDisruptionBudget forbids it. */
    public ObjectNode evict(Call call, ObjectNode eviction) {
        var live = updating.live(call);
        for (var budget : cluster.store().list(BUDGETS, call.namespace())) {
            if (!selects(budget, live)) {
                continue;
            }
            if (budget.path("status").path("disruptionsAllowed").asInt(0) <= 0) {
                throw ApiException.tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.",
                        "The disruption budget " + Meta.name(budget) + " needs "
                                + budget.path("status").path("desiredHealthy").asInt() + " healthy pods and has "
                                + budget.path("status").path("currentHealthy").asInt() + " currently");
            }
        }
        var options = eviction.path("deleteOptions") instanceof ObjectNode given ? given : KubeJson.object();
        deletion.delete(call.main(), options);
        return success(201);
    }

    private static boolean selects(ObjectNode budget, ObjectNode pod) {
        var selector = budget.path("spec").path("selector");
        return selector.isObject() && LabelSelector.of(selector).test(pod);
    }

    private static ObjectNode success(int code) {
        var status = KubeJson.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Success").put("code", code);
    }
}
