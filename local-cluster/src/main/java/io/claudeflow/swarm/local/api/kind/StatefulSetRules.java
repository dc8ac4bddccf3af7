package io.claudeflow.swarm.local.api.kind;

import static io.claudeflow.swarm.local.api.json.KubeJson.setDefault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.store.Store;
import java.util.HashSet;
import java.util.List;

final class StatefulSetRules implements KindRules {
    private static final List<String> CHANGEABLE = List.of("replicas", "ordinals", "template", "updateStrategy",
            "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds");

    @Override
    public void defaults(ObjectNode set) {
        var spec = KubeJson.child(set, "spec");
        setDefault(spec, "replicas", 1);
        setDefault(spec, "revisionHistoryLimit", 10);
        setDefault(spec, "podManagementPolicy", "OrderedReady");
        var update = KubeJson.child(spec, "updateStrategy");
        setDefault(update, "type", "RollingUpdate");
        if (KubeJson.string(update, "type").equals("RollingUpdate")) {
            setDefault(KubeJson.child(update, "rollingUpdate"), "partition", 0);
        }
        var retention = KubeJson.child(spec, "persistentVolumeClaimRetentionPolicy");
        setDefault(retention, "whenDeleted", "Retain");
        setDefault(retention, "whenScaled", "Retain");
        spec.path("volumeClaimTemplates").forEach(t -> {
            if (t instanceof ObjectNode template) {
                template.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
                setDefault(KubeJson.child(template, "spec"), "volumeMode", "Filesystem");
                setDefault(KubeJson.child(template, "status"), "phase", "Pending");
            }
        });
        Templates.defaults(set);
    }

    @Override
    public void create(ObjectNode set, Store store) {
        set.putObject("status").put("replicas", 0).put("availableReplicas", 0);
    }

    @Override
    public List<FieldError> validate(ObjectNode set) {
        // The volumes of claim templates are named by the pods' mounts before they exist.
        var claims = new HashSet<String>();
        set.path("spec").path("volumeClaimTemplates").forEach(t -> claims.add(KubeJson.string(t, "metadata", "name")));
        return Templates.check(set)
                .stream()
                .filter(e -> e.kind() != FieldError.Kind.NOT_FOUND || !claims.contains(e.value().replace("\"", "")))
                .toList();
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode live) {
        return KubeJson.same(fixed(next), fixed(live))
                ? List.of()
                : List.of(FieldError.forbidden("spec", "updates to statefulset spec for fields other than 'replicas',"
                        + " 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit',"
                        + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
    }

    private static JsonNode fixed(ObjectNode set) {
        return set.path("spec") instanceof ObjectNode spec ? spec.deepCopy().remove(CHANGEABLE) : set.path("spec");
    }
}
