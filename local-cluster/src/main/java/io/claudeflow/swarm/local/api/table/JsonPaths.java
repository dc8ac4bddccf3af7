package io.claudeflow.swarm.local.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes' JSON paths as far as definitions use them: {@code .a.b[0].c}, {@code .a[*].b}, {@code .a[?(@.type=="Ready")].status}. */
public final class JsonPaths {
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+)" + "|\\.?\\['([^']+)'\\]"
            + "|\\.((?:[A-Za-z0-9_/-]|\\\\\\.)+)" + "|\\[(\\d+|\\*)\\]"
            + "|\\[\\?\\(@\\.([\\w.]+)\\s*==\\s*[\"']([^\"']*)[\"']\\)\\]");

    private JsonPaths() {}

    /** Every value at the path, in the object's order. */
    public static List<JsonNode> find(JsonNode object, String path) {
        var at = List.of(object);
        var steps = STEP.matcher(path);
        while (steps.find()) {
            var next = new ArrayList<JsonNode>();
            for (var node : at) {
                step(node, steps, next);
            }
            at = next;
        }
        return at;
    }

    private static void step(JsonNode node, Matcher step, List<JsonNode> out) {
        var name = step.group(1) != null
                ? step.group(1)
                : step.group(2) != null
                        ? step.group(2)
                        : step.group(3) != null ? step.group(3).replace("\\.", ".") : "";
        if (!name.isEmpty()) {
            add(node.path(name), out);
        } else if (step.group(4) != null && step.group(4).equals("*")) {
            node.forEach(item -> add(item, out));
        } else if (step.group(4) != null) {
            add(node.path(Integer.parseInt(step.group(4))), out);
        } else {
            for (var item : node) {
                if (find(item, "." + step.group(5)).stream().anyMatch(v -> v.asText().equals(step.group(6)))) {
                    add(item, out);
                }
            }
        }
    }

    private static void add(JsonNode node, List<JsonNode> out) {
        if (!node.isMissingNode()) {
            out.add(node);
        }
    }

    /** Sets the value at a plain path such as {@code .spec.replicas}; objects on the way are made. */
    public static void set(ObjectNode object, String path, JsonNode value) {
        var names = path.substring(1).split("\\.");
        var at = object;
        for (int i = 0; i < names.length - 1; i++) {
            at = KubeJson.child(at, names[i]);
        }
        at.set(names[names.length - 1], value);
    }
}
