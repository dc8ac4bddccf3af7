package io.claudeflow.swarm.local.api.table;

import static io.claudeflow.swarm.local.api.table.Column.text;
import static io.claudeflow.swarm.local.api.table.Column.wide;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import java.util.List;

/** Claims, volumes and storage classes. */
final class StorageColumns {
    private StorageColumns() {}

    static List<Column> claim(Column age) {
        return List.of(text("Status", StorageColumns::phase),
                text("Volume", o -> KubeJson.string(o, "spec", "volumeName")),
                text("Capacity", o -> KubeJson.string(o, "status", "capacity", "storage")),
                text("Access Modes", o -> Cells.accessModes(o.path("status").path("accessModes"))),
                text("StorageClass", o -> KubeJson.string(o, "spec", "storageClassName")),
                text("VolumeAttributesClass", o -> "<unset>"), age,
                wide("VolumeMode", o -> KubeJson.string(o, "spec", "volumeMode")));
    }

    static List<Column> volume(Column age) {
        return List.of(text("Capacity", o -> KubeJson.string(o, "spec", "capacity", "storage")),
                text("Access Modes", o -> Cells.accessModes(o.path("spec").path("accessModes"))),
                text("Reclaim Policy", o -> KubeJson.string(o, "spec", "persistentVolumeReclaimPolicy")),
                text("Status", StorageColumns::phase), text("Claim", o -> {
                    var claim = o.path("spec").path("claimRef");
                    return claim.isEmpty()
                            ? ""
                            : KubeJson.string(claim, "namespace") + "/" + KubeJson.string(claim, "name");
                }), text("StorageClass", o -> KubeJson.string(o, "spec", "storageClassName")),
                text("VolumeAttributesClass", o -> "<unset>"),
                text("Reason", o -> KubeJson.string(o, "status", "reason")), age,
                wide("VolumeMode", o -> KubeJson.string(o, "spec", "volumeMode")));
    }

    private static String phase(JsonNode object) {
        return Meta.deleting(object) ? "Terminating" : KubeJson.string(object, "status", "phase");
    }

    static List<Column> storageClass(Column age) {
        return List.of(text("Provisioner", o -> KubeJson.string(o, "provisioner")),
                text("ReclaimPolicy", o -> KubeJson.string(o, "reclaimPolicy")),
                text("VolumeBindingMode", o -> KubeJson.string(o, "volumeBindingMode")),
                text("AllowVolumeExpansion", o -> String.valueOf(o.path("allowVolumeExpansion").asBoolean(false))),
                age);
    }
}
