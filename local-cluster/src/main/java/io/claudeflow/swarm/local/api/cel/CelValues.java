package io.claudeflow.swarm.local.api.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schema;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Objects as CEL sees them, by their schema: numbers as the schema types them, property names escaped. */
final class CelValues {
    /** CEL's reserved words, which Kubernetes lets rules write as {@code __namespace__}. */
    private static final Set<String> RESERVED = Set.of("true", "false", "null", "in", "as", "break", "const",
            "continue",
            "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return");
    private static final Pattern DURATION = Pattern.compile("([+-]?\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> NANOS = Map.of("ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9, "m",
            60e9, "h", 3600e9);

    private CelValues() {}

    static Object of(Schema schema, JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> map(schema, node);
            case ARRAY -> {
                var list = new ArrayList<Object>();
                node.forEach(item -> list.add(of(schema.items(), item)));
                yield list;
            }
            case NUMBER -> node.isIntegralNumber() && !schema.type().equals("number")
                    ? (Object) node.longValue()
                    : node.doubleValue();
            case BOOLEAN -> node.booleanValue();
            case STRING -> text(schema, node.textValue());
            default -> NullValue.NULL_VALUE;
        };
    }

    private static Map<String, Object> map(Schema schema, JsonNode node) {
        var map = new LinkedHashMap<String, Object>();
        for (var field : node.properties()) {
            var declared = schema.declared(field.getKey());
            if (declared != null) {
                map.put(escaped(field.getKey()), of(declared, field.getValue()));
            } else if (schema.additional() != null || !schema.source().has("properties")) {
                map.put(field.getKey(), of(schema.field(field.getKey()), field.getValue()));
            }
        }
        return map;
    }

    private static String escaped(String name) {
        if (RESERVED.contains(name)) {
            return "__" + name + "__";
        }
        return name.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/",
                        "__slash__");
    }

    private static Object text(Schema schema, String text) {
        try {
            return switch (KubeJson.string(schema.source(), "format")) {
                case "date-time", "datetime" -> instant(text);
                case "duration" -> duration(text);
                case "byte" -> CelByteString.of(Base64.getDecoder().decode(text));
                default -> text;
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            // The schema has already refused it, or lets it be: a text then.
            return text;
        }
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static Duration duration(String text) {
        double nanos = 0;
        var parts = DURATION.matcher(text);
        while (parts.find()) {
            nanos += Double.parseDouble(parts.group(1)) * NANOS.getOrDefault(parts.group(2), 1.0);
        }
        return Duration.ofNanos((long) nanos);
    }
}
