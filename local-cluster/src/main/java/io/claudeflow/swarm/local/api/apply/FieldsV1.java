package io.claudeflow.swarm.local.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.List;

/** A field set as managedFields holds it: {@code {"f:spec":{".":{},"f:replicas":{}}}}. */
final class FieldsV1 {
    private static final String SELF = ".";

    private FieldsV1() {}

    static FieldSet read(JsonNode fields) {
        var set = new FieldSet();
        for (var entry : fields.properties()) {
            var step = entry.getKey();
            if (step.equals(SELF)) {
                continue;
            }
            if (entry.getValue().isEmpty() || entry.getValue().has(SELF)) {
                set.insertMember(step);
            }
            set.putChild(step, read(entry.getValue()));
        }
        return set;
    }

    static ObjectNode write(FieldSet set) {
        var out = KubeJson.object();
        set.members().forEach(out::putObject);
        set.children().forEach((step, child) -> {
            var below = write(child);
            if (set.hasMember(step)) {
                var withSelf = KubeJson.object();
                withSelf.putObject(SELF);
                withSelf.setAll(below);
                below = withSelf;
            }
            out.set(step, below);
        });
        return out;
    }

    /** A path as Kubernetes shows it in conflicts: {@code .spec.containers[name="a"].image}. */
    static String shown(List<String> path) {
        var out = new StringBuilder();
        for (var step : path) {
            var rest = step.substring(2);
            switch (step.charAt(0)) {
                case 'f' -> out.append('.').append(rest);
                case 'v' -> out.append("[=").append(rest).append(']');
                case 'k' -> {
                    out.append('[');
                    var separator = "";
                    for (var key : KubeJson.parse(rest).properties()) {
                        out.append(separator).append(key.getKey()).append('=').append(KubeJson.text(key.getValue()));
                        separator = ",";
                    }
                    out.append(']');
                }
                default -> out.append('[').append(rest).append(']');
            }
        }
        return out.toString();
    }
}
