package io.claudeflow.swarm.local.api.kind;

import static io.claudeflow.swarm.local.api.json.KubeJson.setDefault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.store.Store;
import java.util.List;

/** Pods: defaults, the admission of kube-apiserver's default plugins, and what of a pod may change. */
final class PodRules implements KindRules {
    private static final int TOLERATED_SECONDS = 300;

    @Override
    public void defaults(ObjectNode pod) {
        var spec = KubeJson.child(pod, "spec");
        PodDefaults.apply(spec);
        if (!spec.has("enableServiceLinks")) {
            spec.put("enableServiceLinks", true);
        }
        var address = KubeJson.string(pod, "status", "podIP");
        if (!address.isEmpty() && pod.get("status") instanceof ObjectNode status) {
            status.putArray("podIPs").addObject().put("ip", address);
        }
    }

    @Override
    public void create(ObjectNode pod, Store store) {
        var spec = KubeJson.child(pod, "spec");
        ServiceAccountAdmission.admit(pod, store);
        setDefault(spec, "priority", 0);
        setDefault(spec, "preemptionPolicy", "PreemptLowerPriority");
        for (var taint : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
            tolerate(spec, taint);
        }
        pod.putObject("status").put("phase", "Pending").put("qosClass", qosClass(spec));
    }

    private static void tolerate(ObjectNode spec, String taint) {
        for (var toleration : spec.path("tolerations")) {
            var key = KubeJson.string(toleration, "key");
            if (key.equals(taint) || (key.isEmpty() && KubeJson.string(toleration, "operator").equals("Exists"))) {
                return;
            }
        }
        spec.withArray("tolerations")
                .addObject()
                .put("key", taint)
                .put("operator", "Exists")
                .put("effect", "NoExecute")
                .put("tolerationSeconds", TOLERATED_SECONDS);
    }

    private static String qosClass(JsonNode spec) {
        boolean any = false;
        boolean guaranteed = true;
        for (var container : spec.path("containers")) {
            var requests = container.path("resources").path("requests");
            var limits = container.path("resources").path("limits");
            any |= !requests.isEmpty() || !limits.isEmpty();
            for (var resource : List.of("cpu", "memory")) {
                guaranteed &= limits.has(resource) && KubeJson.same(limits.path(resource), requests.path(resource));
            }
        }
        return guaranteed ? "Guaranteed" : any ? "Burstable" : "BestEffort";
    }

    @Override
    public List<FieldError> validate(ObjectNode pod) {
        return PodChecks.check(pod.path("spec"), "spec");
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode live) {
        if (fixed(next).equals(fixed(live))) {
            return List.of();
        }
        return List.of(FieldError.forbidden("spec", "pod updates may not change fields other than"
                + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
                + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"
                + " (allow it to be set to 1 if it was previously negative)"));
    }

    private static JsonNode fixed(ObjectNode pod) {
        var spec = pod.path("spec").deepCopy();
        if (spec instanceof ObjectNode object) {
            object.remove(List.of("activeDeadlineSeconds", "tolerations", "schedulingGates"));
            for (var list : List.of("containers", "initContainers")) {
                object.path(list).forEach(c -> {
                    if (c instanceof ObjectNode container) {
                        container.remove(List.of("image", "imagePullPolicy"));
                    }
                });
            }
        }
        return KubeJson.parse(spec.toString());
    }
}
