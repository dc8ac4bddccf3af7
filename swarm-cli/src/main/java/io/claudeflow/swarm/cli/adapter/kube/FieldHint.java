package io.claudeflow.swarm.cli.adapter.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person may have meant by a field that does not exist, from the kind's definition. */
final class FieldHint {
    private static final int MOST = 40;
    private static final int CLOSE = 3;

    private FieldHint() {}

    /** A sentence that begins "there is no such field". */
    static String of(KubeApi api, ResourceType type, String field) {
        var allowed = allowed(api, type, field);
        var name = field.substring(field.lastIndexOf('.') + 1);
        var near = nearest(name, allowed);
        if (near.isPresent()) {
            return "there is no such field; did you mean " + near.get() + "?";
        }
        return allowed.isEmpty() || allowed.size() > MOST
                ? "there is no such field"
                : "there is no such field; there are " + String.join(", ", allowed);
    }

    /** The fields beside which the wrong one stands; empty where no definition tells. */
    private static List<String> allowed(KubeApi api, ResourceType type, String field) {
        JsonNode definition;
        try {
            definition = api.get(
                    "apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + type.plural() + "." + type.group());
        } catch (SwarmException e) {
            return List.of();
        }
        for (var version : definition.path("spec").path("versions")) {
            if (version.path("name").asText().equals(type.version())) {
                return fields(version.path("schema").path("openAPIV3Schema"), field);
            }
        }
        return List.of();
    }

    static List<String> fields(JsonNode schema, String field) {
        var node = schema;
        var path = field.replaceAll("\\[[^]]*]", ".[]").split("\\.", -1);
        for (int i = 0; i < path.length - 1; i++) {
            if (path[i].isEmpty()) {
                continue;
            }
            node = path[i].equals("[]") ? node.path("items") : node.path("properties").path(path[i]);
        }
        var names = new ArrayList<String>();
        node.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    static Optional<String> nearest(String name, List<String> allowed) {
        String best = null;
        int distance = CLOSE;
        for (var candidate : allowed) {
            int apart = distance(name.toLowerCase(java.util.Locale.ROOT), candidate.toLowerCase(java.util.Locale.ROOT));
            if (apart < distance) {
                distance = apart;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Edit distance (Levenshtein 1966). */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? diagonal : diagonal + 1;
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
