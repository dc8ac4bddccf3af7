package io.claudeflow.swarm.cli.adapter.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML document as JSON, and the line of each of its fields. */
final class NodeTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** What anchors may blow a small document up to. */
    private static final int MAX_NODES = 500_000;

    private final String file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<Node> open = new HashSet<>();
    private int count;
    private JsonNode json = NullNode.getInstance();

    private NodeTree(String file) {
        this.file = file;
    }

    static NodeTree of(String file, Node document) {
        var tree = new NodeTree(file);
        tree.json = tree.convert(document, "");
        return tree;
    }

    JsonNode json() {
        return json;
    }

    Map<String, Integer> lines() {
        return lines;
    }

    /** The lines of a part, by paths within it. */
    Map<String, Integer> below(String prefix) {
        var below = new HashMap<String, Integer>();
        lines.forEach((path, line) -> {
            if (path.equals(prefix)) {
                below.put("", line);
            } else if (path.startsWith(prefix + ".")) {
                below.put(path.substring(prefix.length() + 1), line);
            }
        });
        return below;
    }

    private JsonNode convert(Node node, String path) {
        lines.putIfAbsent(path, line(node));
        if (++count > MAX_NODES || !open.add(node)) {
            throw ManifestReader.wrong(file + ":" + line(node) + ": an anchor repeats itself without end", null);
        }
        var converted = switch (node) {
            case MappingNode mapping -> object(mapping, path);
            case SequenceNode sequence -> {
                var array = NODES.arrayNode();
                for (var item : sequence.getValue()) {
                    array.add(convert(item, path + "[" + array.size() + "]"));
                }
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            default ->
                throw ManifestReader.wrong(file + ":" + line(node) + ": this kind of YAML node is not supported", null);
        };
        open.remove(node);
        return converted;
    }

    private ObjectNode object(MappingNode mapping, String path) {
        var object = NODES.objectNode();
        for (var tuple : mapping.getValue()) {
            var key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode name)) {
                throw ManifestReader.wrong(file + ":" + line(key) + ": a field's name must be text", null);
            }
            if (Tag.MERGE.equals(key.getTag())) {
                merge(object, tuple.getValueNode(), path);
                continue;
            }
            var field = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
            if (object.has(name.getValue()) && lines.getOrDefault(field, 0) != 0) {
                throw ManifestReader.wrong(file + ":" + line(key) + ": " + field + " is there twice; keep one", null);
            }
            lines.put(field, line(key));
            object.set(name.getValue(), convert(tuple.getValueNode(), field));
        }
        return object;
    }

    private void merge(ObjectNode object, Node value, String path) {
        if (value instanceof SequenceNode several) {
            several.getValue().forEach(one -> merge(object, one, path));
        } else if (convert(value, path + ".<<") instanceof ObjectNode merged) {
            merged.properties().forEach(entry -> {
                if (!object.has(entry.getKey())) {
                    object.set(entry.getKey(), entry.getValue());
                }
            });
        }
    }

    private JsonNode scalar(ScalarNode scalar) {
        var text = scalar.getValue();
        var tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return NullNode.getInstance();
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(Set.of("yes", "true", "on").contains(text.toLowerCase(Locale.ROOT)));
        }
        try {
            if (tag.equals(Tag.INT)) {
                return NODES.numberNode(integer(text.replace("_", "")));
            }
            if (tag.equals(Tag.FLOAT)) {
                return NODES.numberNode(new BigDecimal(text.replace("_", "")));
            }
        } catch (NumberFormatException e) {
            return NODES.textNode(text);
        }
        return NODES.textNode(text);
    }

    private static BigInteger integer(String text) {
        var digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        var value = digits.startsWith("0x")
                ? new BigInteger(digits.substring(2), 16)
                : digits.startsWith("0b")
                        ? new BigInteger(digits.substring(2), 2)
                        : digits.startsWith("0o")
                                ? new BigInteger(digits.substring(2), 8)
                                : digits.length() > 1 && digits.startsWith("0")
                                        ? new BigInteger(digits, 8)
                                        : new BigInteger(digits);
        return text.startsWith("-") ? value.negate() : value;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
