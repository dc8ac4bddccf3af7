package io.claudeflow.swarm.local.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.GroupResource;

/**
 * Where an object is stored.
 *
 * @param namespace empty for what belongs to no namespace
 */
public record ObjectKey(GroupResource resource, String namespace, String name) {
    public static ObjectKey of(GroupResource resource, JsonNode object) {
        return new ObjectKey(resource, Meta.namespace(object), Meta.name(object));
    }
}
