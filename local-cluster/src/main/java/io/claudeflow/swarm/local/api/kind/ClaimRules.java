package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.GroupResource;
import io.claudeflow.swarm.local.api.store.Store;
import java.util.ArrayList;
import java.util.List;

/** PersistentVolumeClaims: the default storage class and the protecting finalizer of kube-apiserver's admission. */
final class ClaimRules implements KindRules {
    private static final GroupResource CLASSES = new GroupResource("storage.k8s.io", "storageclasses");
    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

    @Override
    public void defaults(ObjectNode claim) {
        KubeJson.setDefault(KubeJson.child(claim, "spec"), "volumeMode", "Filesystem");
    }

    @Override
    public void create(ObjectNode claim, Store store) {
        claim.putObject("status").put("phase", "Pending");
        Protection.add(claim, "kubernetes.io/pvc-protection");
        var spec = KubeJson.child(claim, "spec");
        if (!spec.has("storageClassName")) {
            for (var candidate : store.list(CLASSES, "")) {
                if (KubeJson.string(candidate, "metadata", "annotations", DEFAULT_CLASS).equals("true")) {
                    spec.put("storageClassName", Meta.name(candidate));
                }
            }
        }
    }

    @Override
    public List<FieldError> validate(ObjectNode claim) {
        var errors = new ArrayList<FieldError>();
        var spec = claim.path("spec");
        if (spec.path("accessModes").isEmpty()) {
            errors.add(FieldError.required("spec.accessModes", "at least 1 access mode is required"));
        }
        if (!spec.path("resources").path("requests").has("storage")) {
            errors.add(FieldError.required("spec.resources[storage]", ""));
        }
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode live) {
        return KubeJson.same(fixed(next), fixed(live))
                ? List.of()
                : List.of(FieldError.forbidden("spec", "spec is immutable after creation except resources.requests and"
                        + " volumeAttributesClassName for bound claims"));
    }

    private static JsonNode fixed(ObjectNode claim) {
        return claim.path("spec") instanceof ObjectNode spec
                ? spec.deepCopy().remove(List.of("resources", "volumeName", "volumeAttributesClassName"))
                : claim.path("spec");
    }
}
