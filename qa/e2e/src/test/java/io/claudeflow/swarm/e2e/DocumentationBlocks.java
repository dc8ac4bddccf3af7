package io.claudeflow.swarm.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The YAML blocks of the user documentation, cut out of it; a part of a resource is completed to a whole one. */
final class DocumentationBlocks {
    private static final Pattern FENCE = Pattern.compile("^( *)```yaml\\n(.*?)^ *```",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private DocumentationBlocks() {}

    /**
     * One block.
     *
     * @param number   from 1, in the order of the document
     * @param complete whether the block was a whole resource and is given to the letter
     * @param yaml     what to apply
     */
    record Block(int number, boolean complete, String yaml) {
        @Override
        public String toString() {
            return "block " + number + ": " + yaml.lines().filter(line -> !line.startsWith("#")).limit(4).toList();
        }
    }

    static List<Block> all() {
        try (var stream = DocumentationBlocks.class.getResourceAsStream("/user-documentation.md")) {
            if (stream == null) {
                throw new IllegalStateException("user-documentation.md is not among the test's resources");
            }
            var document = new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            var blocks = new ArrayList<Block>();
            var fence = FENCE.matcher(document);
            while (fence.find()) {
                var text = fence.group(2).replaceAll("(?m)^ {" + fence.group(1).length() + "}", "");
                blocks.add(completed(blocks.size() + 1, text));
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Block completed(int number, String text) throws IOException {
        if (text.contains("apiVersion:")) {
            return new Block(number, true, text);
        }
        var part = (ObjectNode) YAML.readTree(text);
        var field = part.fieldNames().next();
        return new Block(number, false, YAML.writeValueAsString(switch (field) {
            case "resources" -> resource("SwarmAgent", number, with(part, "type", YAML.readTree("optimizer")));
            case "securityContext" -> resource("SwarmCluster", number,
                    with(YAML.createObjectNode().set("agentTemplate", part), "topology", YAML.readTree("mesh")));
            case "replicas" -> YAML.readTree("""
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: swarm-operator, namespace: swarm-system}
                    spec: {replicas: %s}
                    """.formatted(part.path("replicas")));
            default -> resource("SwarmCluster", number, with(part, "topology", YAML.readTree("mesh")));
        }));
    }

    private static ObjectNode with(ObjectNode spec, String field, JsonNode value) {
        spec.set(field, value);
        return spec;
    }

    private static ObjectNode resource(String kind, int number, ObjectNode spec) {
        var resource = YAML.createObjectNode();
        resource.put("apiVersion", "swarm.claudeflow.io/v1alpha1").put("kind", kind);
        resource.putObject("metadata").put("name", (kind + "-block-" + number).toLowerCase(Locale.ROOT));
        resource.set("spec", spec);
        return resource;
    }
}
