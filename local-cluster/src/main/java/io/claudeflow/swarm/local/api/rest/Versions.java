package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.kind.EventForms;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.resource.Catalog;
import io.claudeflow.swarm.local.api.resource.CustomKinds;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.store.ObjectKey;
import io.claudeflow.swarm.local.api.store.Store;

/** The same object in different versions: custom ones differ in apiVersion alone (conversion strategy None). */
final class Versions {
    private Versions() {}

    /** The stored object as a version shows it; the stored one is not changed. */
    static ObjectNode shown(ResourceType type, ObjectNode stored) {
        if (KubeJson.string(stored, "apiVersion").equals(type.apiVersion())) {
            return stored;
        }
        if (type.apiVersion().equals(EventForms.NEW)) {
            return EventForms.toNew(stored);
        }
        var out = KubeJson.object();
        out.setAll(stored);
        return out.put("apiVersion", type.apiVersion());
    }

    /** The object as it is stored. */
    static ObjectNode stored(ResourceType type, ObjectNode object, Catalog catalog, Store store) {
        if (type.apiVersion().equals(EventForms.NEW)) {
            return EventForms.toCore(object);
        }
        if (type.custom() != null && catalog.all().stream().filter(t -> t.is(type.stored())).count() > 1) {
            var definition = store.get(new ObjectKey(BuiltInKinds.DEFINITIONS, "", type.stored().toString()));
            definition.ifPresent(d -> object.put("apiVersion", type.group() + "/" + CustomKinds.storageVersion(d)));
        }
        return object;
    }
}
