package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.store.Store;
import java.util.List;

final class ReplicaSetRules implements KindRules {
    @Override
    public void defaults(ObjectNode replicaSet) {
        KubeJson.setDefault(KubeJson.child(replicaSet, "spec"), "replicas", 1);
        Templates.defaults(replicaSet);
    }

    @Override
    public void create(ObjectNode replicaSet, Store store) {
        replicaSet.putObject("status").put("replicas", 0);
    }

    @Override
    public List<FieldError> validate(ObjectNode replicaSet) {
        return Templates.check(replicaSet);
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode live) {
        return Templates.immutable(next, live, "spec", "selector");
    }
}
