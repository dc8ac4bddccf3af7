package io.claudeflow.swarm.local.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The managers of an object with what each owns: metadata.managedFields, read and written. */
final class ManagedFields {
    /** As kube-apiserver: the oldest updaters beyond these are merged into one. */
    private static final int MAX_UPDATERS = 10;
    private static final String ANCIENT = "ancient-changes";

    private static final Comparator<Map.Entry<Manager, Owned>> ORDER = Comparator
            .comparing((Map.Entry<Manager, Owned> e) -> e.getKey().operation())
            .thenComparing(e -> e.getValue().time())
            .thenComparing(e -> e.getKey().name())
            .thenComparing(e -> e.getValue().apiVersion())
            .thenComparing(e -> e.getKey().subresource());

    private final LinkedHashMap<Manager, Owned> managers = new LinkedHashMap<>();

    /** What one manager owns since when. */
    record Owned(FieldSet fields, String apiVersion, String time) {
        Owned with(FieldSet changed) {
            return new Owned(changed, apiVersion, time);
        }
    }

    static ManagedFields of(JsonNode object) {
        var out = new ManagedFields();
        for (var entry : object.path("metadata").path("managedFields")) {
            if (entry.has("fieldsV1")) {
                out.managers.put(Manager.of(entry), new Owned(FieldsV1.read(entry.get("fieldsV1")),
                        KubeJson.string(entry, "apiVersion"), KubeJson.string(entry, "time")));
            }
        }
        return out;
    }

    Map<Manager, Owned> managers() {
        return managers;
    }

    FieldSet owned(Manager manager) {
        var owned = managers.get(manager);
        return owned == null ? new FieldSet() : owned.fields();
    }

    /** Takes fields away from everyone but that manager; who owns nothing more is gone. */
    void release(FieldSet fields, Manager except) {
        managers.replaceAll((manager, owned) -> manager.equals(except)
                ? owned
                : owned.with(owned.fields().difference(fields)));
        managers.values().removeIf(owned -> owned.fields().isEmpty());
    }

    void set(Manager manager, FieldSet fields, String apiVersion, String time) {
        if (fields.isEmpty()) {
            managers.remove(manager);
        } else {
            managers.put(manager, new Owned(fields, apiVersion, time));
        }
    }

    /** Writes the managers into the object's metadata, in Kubernetes' order. */
    void writeTo(ObjectNode object) {
        capUpdaters();
        if (managers.isEmpty()) {
            Meta.of(object).remove("managedFields");
            return;
        }
        var list = Meta.of(object).putArray("managedFields");
        managers.entrySet().stream().sorted(ORDER).forEach(e -> {
            var entry = list.addObject()
                    .put("manager", e.getKey().name())
                    .put("operation", e.getKey().operation())
                    .put("apiVersion", e.getValue().apiVersion());
            if (!e.getValue().time().isEmpty()) {
                entry.put("time", e.getValue().time());
            }
            entry.put("fieldsType", "FieldsV1");
            entry.set("fieldsV1", FieldsV1.write(e.getValue().fields()));
            if (!e.getKey().subresource().isEmpty()) {
                entry.put("subresource", e.getKey().subresource());
            }
        });
    }

    private void capUpdaters() {
        var updaters = managers.entrySet()
                .stream()
                .filter(e -> e.getKey().operation().equals(Manager.UPDATE))
                .sorted(ORDER)
                .toList();
        int excess = updaters.size() - MAX_UPDATERS;
        if (excess <= 0) {
            return;
        }
        for (var old : updaters.subList(0, excess + 1)) {
            managers.remove(old.getKey());
            var heir = Manager.updating(ANCIENT, old.getValue().apiVersion(), "");
            var merged = owned(heir).union(old.getValue().fields());
            managers.put(heir, old.getValue().with(merged));
        }
    }
}
