package io.claudeflow.swarm.local.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.select.LabelSelector;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as kubectl shows them. */
final class Cells {
    static final String NONE = "<none>";
    static final String UNKNOWN = "<unknown>";

    private Cells() {}

    static String or(String value, String otherwise) {
        return value.isEmpty() ? otherwise : value;
    }

    /** The text at a path, else {@code <none>}. */
    static String textAt(JsonNode object, String... path) {
        return or(KubeJson.string(object, path), NONE);
    }

    static int numberAt(JsonNode object, String... path) {
        var at = object;
        for (var field : path) {
            at = at.path(field);
        }
        return at.asInt(0);
    }

    /** How long ago a time was, in Kubernetes' short form. */
    static String ago(String time, Clock clock) {
        if (time.isEmpty()) {
            return UNKNOWN;
        }
        try {
            return shortly(Duration.between(Instant.parse(time), clock.instant()));
        } catch (DateTimeException e) {
            return "<invalid>";
        }
    }

    /** A duration as duration.HumanDuration prints it: two units at most, none of them small beside the other. */
    static String shortly(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return pair(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return pair(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        if (days < 8) {
            return pair(days, "d", hours % 24, "h");
        }
        if (days < 730) {
            return days + "d";
        }
        return days < 365 * 8 ? pair(days / 365, "y", days % 365, "d") : days / 365 + "y";
    }

    private static String pair(long big, String bigUnit, long small, String smallUnit) {
        return small == 0 ? big + bigUnit : big + bigUnit + small + smallUnit;
    }

    /** Labels as {@code a=b,c=d}. */
    static String labels(JsonNode labels) {
        var parts = labels.properties().stream().map(e -> e.getKey() + "=" + e.getValue().asText()).sorted().toList();
        return or(String.join(",", parts), NONE);
    }

    /** A label selector as {@code a=b,c in (d,e)}. */
    static String selector(JsonNode selector) {
        return or(LabelSelector.text(selector), NONE);
    }

    static String containers(JsonNode spec, String field) {
        return or(list(spec.path("containers"), field), NONE);
    }

    static String list(JsonNode items, String field) {
        var out = new ArrayList<String>();
        items.forEach(item -> out.add(KubeJson.string(item, field)));
        return String.join(",", out);
    }

    private static final Map<String, String> MODES = Map.of("ReadWriteOnce", "RWO", "ReadOnlyMany", "ROX",
            "ReadWriteMany", "RWX", "ReadWriteOncePod", "RWOP");

    static String accessModes(JsonNode modes) {
        return KubeJson.strings(modes).stream().map(m -> MODES.getOrDefault(m, m)).collect(Collectors.joining(","));
    }

    static boolean condition(JsonNode object, String type, String status) {
        for (var condition : object.path("status").path("conditions")) {
            if (KubeJson.string(condition, "type").equals(type)) {
                return KubeJson.string(condition, "status").equals(status);
            }
        }
        return false;
    }
}
