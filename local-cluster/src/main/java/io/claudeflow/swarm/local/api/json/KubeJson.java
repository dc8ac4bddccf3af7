package io.claudeflow.swarm.local.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reading, writing and comparing Kubernetes objects as trees. */
public final class KubeJson {
    /** Go refuses JSON nested deeper than 10,000; no honest object comes near this bound. */
    private static final int MAX_DEPTH = 500;

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build()).build();

    /** 1, 1L and 1.0 are the same number: which node holds it depends on who made the tree. */
    private static final Comparator<JsonNode> BY_VALUE = (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
            return a.isIntegralNumber() && b.isIntegralNumber()
                    ? Long.compare(a.longValue(), b.longValue())
                    : Double.compare(a.doubleValue(), b.doubleValue());
        }
        return a.equals(b) ? 0 : 1;
    };

    private KubeJson() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node as JSON without white space. */
    public static String text(JsonNode node) {
        return node.toString();
    }

    /** The node as JSON with sorted fields, as Go writes maps. */
    public static String sorted(JsonNode node) {
        try {
            return MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED).writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses JSON that this program wrote itself. */
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether two trees say the same, whichever node classes hold their numbers. */
    public static boolean same(JsonNode a, JsonNode b) {
        return a == b || a.equals(BY_VALUE, b);
    }

    /** The text at that path, or an empty string when there is none. */
    public static String string(JsonNode node, String... path) {
        JsonNode at = node;
        for (var field : path) {
            at = at.path(field);
        }
        return at.isTextual() ? at.textValue() : "";
    }

    /** The texts of a list; an absent list is empty. */
    public static List<String> strings(JsonNode list) {
        var out = new ArrayList<String>(list.size());
        list.forEach(item -> out.add(item.asText()));
        return out;
    }

    public static ArrayNode arrayOf(Iterable<String> texts) {
        var out = array();
        texts.forEach(out::add);
        return out;
    }

    /** The object under that field, made when there is none. */
    public static ObjectNode child(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode child ? child : parent.putObject(field);
    }

    /** Sets the field to the default when the object does not have it. */
    public static void setDefault(ObjectNode parent, String field, String value) {
        if (string(parent, field).isEmpty()) {
            parent.put(field, value);
        }
    }

    public static void setDefault(ObjectNode parent, String field, int value) {
        if (!parent.hasNonNull(field)) {
            parent.put(field, value);
        }
    }
}
