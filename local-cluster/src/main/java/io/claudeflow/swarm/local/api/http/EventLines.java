package io.claudeflow.swarm.local.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Events as lines of JSON. Many watches are told the same change one after the other, so the last line is kept. */
final class EventLines {
    private String type = "";
    private @Nullable ObjectNode object;
    private byte[] bytes = {};

    Buffer line(String eventType, ObjectNode shown) {
        if (shown != object || !eventType.equals(type)) {
            var event = KubeJson.object().put("type", eventType);
            event.set("object", shown);
            bytes = KubeJson.bytes(event);
            type = eventType;
            object = shown;
        }
        return Buffer.buffer(bytes.length + 1).appendBytes(bytes).appendByte((byte) '\n');
    }
}
