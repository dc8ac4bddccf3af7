package io.claudeflow.swarm.local.api.kind;

import static io.claudeflow.swarm.local.api.json.KubeJson.setDefault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.store.Store;

/** PersistentVolumes. */
final class VolumeRules implements KindRules {
    @Override
    public void defaults(ObjectNode volume) {
        var spec = KubeJson.child(volume, "spec");
        setDefault(spec, "persistentVolumeReclaimPolicy", "Retain");
        setDefault(spec, "volumeMode", "Filesystem");
    }

    @Override
    public void create(ObjectNode volume, Store store) {
        volume.putObject("status").put("phase", "Pending");
        Protection.add(volume, "kubernetes.io/pv-protection");
    }
}
