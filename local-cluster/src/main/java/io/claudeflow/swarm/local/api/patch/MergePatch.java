package io.claudeflow.swarm.local.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;

/** JSON merge patch, RFC 7396. */
public final class MergePatch {
    private MergePatch() {}

    /** The target after the patch; the target itself is not changed. */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        return merged(target.deepCopy(), patch);
    }

    private static ObjectNode merged(ObjectNode target, ObjectNode patch) {
        for (var field : patch.properties()) {
            var value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value instanceof ObjectNode child) {
                JsonNode present = target.get(field.getKey());
                target.set(field.getKey(), merged(present instanceof ObjectNode o ? o : KubeJson.object(), child));
            } else {
                target.set(field.getKey(), value.deepCopy());
            }
        }
        return target;
    }
}
