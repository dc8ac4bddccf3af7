package io.claudeflow.swarm.local.api.rest;

import io.claudeflow.swarm.local.api.auth.User;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.store.ObjectKey;
import java.util.List;
import java.util.Map;

/**
 * A request for a resource, apart from its body.
 *
 * @param namespace   empty for cluster-wide resources and for lists over all namespaces
 * @param name        empty for collections
 * @param subresource empty for the object itself
 * @param query       the query's parameters, the first of each
 * @param userAgent   the header, possibly empty
 * @param warnings    sentences for the caller besides the answer; added to while the request is served
 */
public record Call(ResourceType type, String namespace, String name, String subresource, Map<String, String> query,
        User user, String userAgent, List<String> warnings) {
    private static final int MAX_MANAGER = 128;

    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    public boolean flag(String name) {
        var value = query.get(name);
        return value != null && (value.equals("true") || value.equals("1"));
    }

    /** Whether nothing may be stored. */
    public boolean dryRun() {
        var value = parameter("dryRun");
        if (!value.isEmpty() && !value.equals("All")) {
            throw ApiException.unprocessable("dryRun: Unsupported value: \"" + value + "\": supported values: \"All\"");
        }
        return !value.isEmpty();
    }

    /** The field manager: as the caller says, else the program's name. */
    public String manager() {
        var given = parameter("fieldManager");
        if (!given.isEmpty()) {
            return given;
        }
        var agent = userAgent.isEmpty() ? "unknown" : userAgent.split("[/ ]", 2)[0];
        return agent.substring(0, Math.min(agent.length(), MAX_MANAGER));
    }

    public ObjectKey key() {
        return new ObjectKey(type.stored(), namespace, name);
    }

    public Call named(String other) {
        return new Call(type, namespace, other, subresource, query, user, userAgent, warnings);
    }

    /** The same call for the object itself instead of a subresource. */
    public Call main() {
        return new Call(type, namespace, name, "", query, user, userAgent, warnings);
    }
}
