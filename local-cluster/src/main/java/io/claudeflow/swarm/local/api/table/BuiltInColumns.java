package io.claudeflow.swarm.local.api.table;

import static io.claudeflow.swarm.local.api.table.Cells.textAt;
import static io.claudeflow.swarm.local.api.table.Column.number;
import static io.claudeflow.swarm.local.api.table.Column.text;
import static io.claudeflow.swarm.local.api.table.Column.wide;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.kind.EventForms;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the tables of built-in kinds show between name and age, as Kubernetes' printers have it. */
final class BuiltInColumns {
    private final Clock clock;

    BuiltInColumns(Clock clock) {
        this.clock = clock;
    }

    /** The kind's own columns; {@code AGE} stands where the age belongs, the name is always first. */
    List<Column> of(String kind) {
        return switch (kind) {
            case "Pod" -> pods();
            case "Namespace" -> List.of(text("Status", o -> KubeJson.string(o, "status", "phase")), age());
            case "ConfigMap" ->
                List.of(number("Data", o -> o.path("data").size() + o.path("binaryData").size()), age());
            case "Secret" -> List.of(text("Type", o -> KubeJson.string(o, "type")),
                    number("Data", o -> o.path("data").size()), age());
            case "ServiceAccount" -> List.of(number("Secrets", o -> o.path("secrets").size()), age());
            case "Deployment" -> WorkloadColumns.deployment(age());
            case "ReplicaSet" -> WorkloadColumns.replicaSet(age());
            case "StatefulSet" -> WorkloadColumns.statefulSet(age());
            case "Job" -> WorkloadColumns.job(age(), clock);
            case "HorizontalPodAutoscaler" -> WorkloadColumns.autoscaler(age());
            case "PodDisruptionBudget" -> WorkloadColumns.budget(age());
            case "Service" -> NetworkColumns.service(age());
            case "Endpoints" -> NetworkColumns.endpoints(age());
            case "EndpointSlice" -> NetworkColumns.slice(age());
            case "NetworkPolicy" -> List.of(
                    text("Pod-Selector", o -> Cells.selector(o.path("spec").path("podSelector"))), age());
            case "PersistentVolumeClaim" -> StorageColumns.claim(age());
            case "PersistentVolume" -> StorageColumns.volume(age());
            case "StorageClass" -> StorageColumns.storageClass(age());
            case "Node" -> nodes();
            case "Lease" -> List.of(text("Holder", o -> KubeJson.string(o, "spec", "holderIdentity")), age());
            case "Role", "ClusterRole" -> List.of(created("Created At"));
            case "RoleBinding", "ClusterRoleBinding" -> List.of(text("Role", o -> KubeJson.string(o, "roleRef", "kind")
                    + "/" + KubeJson.string(o, "roleRef", "name")), age());
            case "CustomResourceDefinition" -> List.of(created("Created At"));
            default -> List.of(age());
        };
    }

    /** Events alone have no name among their columns. */
    List<Column> events() {
        return List.of(
                text("Last Seen", o -> Cells.ago(EventForms.lastSeen(o), clock)),
                text("Type", o -> KubeJson.string(o, "type")), text("Reason", o -> KubeJson.string(o, "reason")),
                text("Object", o -> {
                    var object = o.has("regarding") ? o.path("regarding") : o.path("involvedObject");
                    return KubeJson.string(object, "kind").toLowerCase(Locale.ROOT) + "/"
                            + KubeJson.string(object, "name");
                }),
                wide("Subobject", o -> KubeJson.string(o, "involvedObject", "fieldPath")),
                wide("Source", o -> Cells.or(KubeJson.string(o, "source", "component"),
                        KubeJson.string(o, "reportingComponent"))),
                text("Message", o -> Cells.or(KubeJson.string(o, "message"), KubeJson.string(o, "note")).strip()),
                wide("First Seen", o -> Cells.ago(Cells.or(KubeJson.string(o, "firstTimestamp"),
                        KubeJson.string(o, "eventTime")), clock)),
                wide("Count", o -> String.valueOf(Math.max(1, o.path("count").asInt(1)))),
                wide("Name", o -> KubeJson.string(o, "metadata", "name")));
    }

    private Column age() {
        return text("Age", o -> Cells.ago(KubeJson.string(o, "metadata", "creationTimestamp"), clock));
    }

    private static Column created(String name) {
        return new Column(name, "date", 0, o -> o.path("metadata").path("creationTimestamp"));
    }

    private List<Column> pods() {
        return List.of(text("Ready", PodCells::ready), text("Status", PodCells::status),
                text("Restarts", o -> PodCells.restarts(o, clock)), age(),
                wide("IP", o -> textAt(o, "status", "podIP")), wide("Node", o -> textAt(o, "spec", "nodeName")),
                wide("Nominated Node", o -> textAt(o, "status", "nominatedNodeName")),
                wide("Readiness Gates", o -> Cells.NONE));
    }

    private List<Column> nodes() {
        return List.of(
                text("Status", o -> (Cells.condition(o, "Ready", "True") ? "Ready" : "NotReady")
                        + (o.path("spec").path("unschedulable").asBoolean(false) ? ",SchedulingDisabled" : "")),
                text("Roles", o -> roles(o.path("metadata").path("labels"))), age(),
                text("Version", o -> KubeJson.string(o, "status", "nodeInfo", "kubeletVersion")),
                wide("Internal-IP", o -> address(o, "InternalIP")), wide("External-IP", o -> address(o, "ExternalIP")),
                wide("OS-Image", o -> unknown(o, "osImage")), wide("Kernel-Version", o -> unknown(o, "kernelVersion")),
                wide("Container-Runtime", o -> unknown(o, "containerRuntimeVersion")));
    }

    private static String roles(JsonNode labels) {
        var prefix = "node-role.kubernetes.io/";
        var roles = labels.properties()
                .stream()
                .map(Map.Entry::getKey)
                .filter(k -> k.startsWith(prefix))
                .map(k -> k.substring(prefix.length()))
                .sorted()
                .toList();
        return Cells.or(String.join(",", roles), Cells.NONE);
    }

    private static String address(JsonNode node, String type) {
        for (var address : node.path("status").path("addresses")) {
            if (KubeJson.string(address, "type").equals(type)) {
                return KubeJson.string(address, "address");
            }
        }
        return Cells.NONE;
    }

    private static String unknown(JsonNode node, String field) {
        return Cells.or(KubeJson.string(node, "status", "nodeInfo", field), Cells.UNKNOWN);
    }
}
