package io.claudeflow.swarm.local.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.json.KubeJson;

/**
 * Who manages fields, and how.
 *
 * @param name        the field manager's name
 * @param operation   {@code Apply} or {@code Update}
 * @param apiVersion  the version written in; empty for Apply, whose manager is one over all versions
 * @param subresource empty for the main resource
 */
public record Manager(String name, String operation, String apiVersion, String subresource) {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    public static Manager applying(String name, String subresource) {
        return new Manager(name, APPLY, "", subresource);
    }

    public static Manager updating(String name, String apiVersion, String subresource) {
        return new Manager(name, UPDATE, apiVersion, subresource);
    }

    static Manager of(JsonNode entry) {
        var operation = KubeJson.string(entry, "operation");
        return new Manager(KubeJson.string(entry, "manager"), operation,
                operation.equals(APPLY) ? "" : KubeJson.string(entry, "apiVersion"),
                KubeJson.string(entry, "subresource"));
    }

    /** As conflicts name it. */
    String shown(String version) {
        var using = operation.equals(APPLY) ? "" : " using " + version;
        return '"' + name + '"' + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + '"') + using;
    }
}
