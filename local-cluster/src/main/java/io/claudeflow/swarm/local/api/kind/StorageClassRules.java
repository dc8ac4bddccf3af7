package io.claudeflow.swarm.local.api.kind;

import static io.claudeflow.swarm.local.api.json.KubeJson.setDefault;

import com.fasterxml.jackson.databind.node.ObjectNode;

final class StorageClassRules implements KindRules {
    @Override
    public void defaults(ObjectNode storageClass) {
        setDefault(storageClass, "reclaimPolicy", "Delete");
        setDefault(storageClass, "volumeBindingMode", "Immediate");
    }
}
