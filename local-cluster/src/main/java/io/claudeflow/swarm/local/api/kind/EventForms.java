package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.Map;

/** The two forms of an Event: v1 (which is stored) and events.k8s.io/v1, which names the same fields differently. */
public final class EventForms {
    public static final String NEW = "events.k8s.io/v1";

    /** v1 name to events.k8s.io name. */
    private static final Map<String, String> FIELDS = Map.of("involvedObject", "regarding", "message", "note",
            "reportingComponent", "reportingController", "source", "deprecatedSource", "firstTimestamp",
            "deprecatedFirstTimestamp", "lastTimestamp", "deprecatedLastTimestamp", "count", "deprecatedCount");

    private EventForms() {}

    /** A copy in the events.k8s.io form. */
    public static ObjectNode toNew(ObjectNode event) {
        var out = event.deepCopy();
        FIELDS.forEach((core, other) -> move(out, core, other));
        return out.put("apiVersion", NEW);
    }

    /** A copy in the v1 form. */
    public static ObjectNode toCore(ObjectNode event) {
        var out = event.deepCopy();
        FIELDS.forEach((core, other) -> move(out, other, core));
        if (!out.has("source")) {
            out.putObject("source");
        }
        return out.put("apiVersion", "v1");
    }

    private static void move(ObjectNode event, String from, String to) {
        var value = event.remove(from);
        if (value != null) {
            event.set(to, value);
        }
    }

    /** When an event was last seen; empty when it does not say. */
    public static String lastSeen(ObjectNode event) {
        for (var field : new String[]{"lastTimestamp", "eventTime", "firstTimestamp"}) {
            var time = KubeJson.string(event, field);
            if (!time.isEmpty()) {
                return time;
            }
        }
        return KubeJson.string(event, "metadata", "creationTimestamp");
    }
}
