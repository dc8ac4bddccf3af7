package io.claudeflow.swarm.local.api.kind;

import static io.claudeflow.swarm.local.api.json.KubeJson.setDefault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import java.util.ArrayList;
import java.util.List;

/** RoleBindings and ClusterRoleBindings: kept and shown, enforced by nobody here. */
final class RoleBindingRules implements KindRules {
    private static final String GROUP = "rbac.authorization.k8s.io";

    @Override
    public void defaults(ObjectNode binding) {
        setDefault(KubeJson.child(binding, "roleRef"), "apiGroup", GROUP);
        binding.path("subjects").forEach(s -> {
            if (s instanceof ObjectNode subject) {
                var kind = KubeJson.string(subject, "kind");
                if (kind.equals("User") || kind.equals("Group")) {
                    setDefault(subject, "apiGroup", GROUP);
                }
            }
        });
    }

    @Override
    public List<FieldError> validate(ObjectNode binding) {
        var errors = new ArrayList<FieldError>();
        if (KubeJson.string(binding, "roleRef", "name").isEmpty()) {
            errors.add(FieldError.required("roleRef.name", ""));
        }
        int index = 0;
        for (var subject : binding.path("subjects")) {
            boolean account = KubeJson.string(subject, "kind").equals("ServiceAccount");
            if (account && KubeJson.string(subject, "namespace").isEmpty() && Meta.namespace(binding).isEmpty()) {
                errors.add(FieldError.required("subjects[" + index + "].namespace", ""));
            }
            index++;
        }
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode live) {
        return KubeJson.same(next.path("roleRef"), live.path("roleRef"))
                ? List.of()
                : List.of(FieldError.invalid("roleRef", next.path("roleRef"), "cannot change roleRef"));
    }
}
