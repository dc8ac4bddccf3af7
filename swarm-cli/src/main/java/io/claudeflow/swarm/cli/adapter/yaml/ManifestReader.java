package io.claudeflow.swarm.cli.adapter.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.representer.Representer;

/** Reads manifests from files, folders and standard input. A problem is a sentence with file and line; nothing is half read. */
public final class ManifestReader {
    /** The name by which a person means standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final int MAX_BYTES = 16 << 20;

    private final UnaryOperator<Path> resolve;

    /** {@code resolve} makes a path as a person wrote it absolute. */
    public ManifestReader(UnaryOperator<Path> resolve) {
        this.resolve = resolve;
    }

    /** The objects of those files, in order; a folder stands for its .yaml, .yml and .json files, sorted by name. */
    public List<Manifest> read(List<String> files) {
        var manifests = new ArrayList<Manifest>();
        for (var file : files) {
            if (file.equals(STANDARD_INPUT)) {
                manifests.addAll(parse("standard input", standardInput()));
                continue;
            }
            var path = resolve.apply(Path.of(file));
            if (Files.isDirectory(path)) {
                for (var inside : listed(file, path)) {
                    manifests.addAll(parse(Path.of(file).resolve(inside.getFileName()).toString(), text(file, inside)));
                }
            } else {
                manifests.addAll(parse(file, text(file, path)));
            }
        }
        return manifests;
    }

    private static String standardInput() {
        try {
            return new String(System.in.readNBytes(MAX_BYTES), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw wrong("standard input cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Path> listed(String name, Path folder) {
        try (var files = Files.list(folder)) {
            var found = files.filter(file -> file.toString().matches(".*\\.(ya?ml|json)")).sorted().toList();
            if (found.isEmpty()) {
                throw wrong(name + " is a folder without .yaml, .yml or .json files", null);
            }
            return found;
        } catch (IOException e) {
            throw wrong(name + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static String text(String name, Path path) {
        try {
            if (!Files.exists(path)) {
                throw wrong(name + " does not exist (looked for " + path + "); check the path", null);
            }
            if (Files.size(path) > MAX_BYTES) {
                throw wrong(name + " is larger than " + (MAX_BYTES >> 20) + " MiB, which is no manifest", null);
            }
            return Files.readString(path);
        } catch (MalformedInputException e) {
            throw wrong(name + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw wrong(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The objects of a text; {@code file} is what messages call it. */
    public static List<Manifest> parse(String file, String text) {
        var manifests = new ArrayList<Manifest>();
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(MAX_BYTES);
        var yaml = new Yaml(new SafeConstructor(options), new Representer(new DumperOptions()), new DumperOptions(),
                options,
                new KubeResolver());
        try {
            for (var document : yaml.composeAll(new StringReader(text))) {
                add(file, document, manifests);
            }
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            var place = mark == null ? file : file + ":" + (mark.getLine() + 1);
            throw wrong(place + ": this is not YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw wrong(file + ": this is not YAML: " + e.getMessage(), e);
        }
        if (manifests.isEmpty()) {
            throw wrong(file + " holds no object; a manifest has apiVersion, kind and metadata.name", null);
        }
        return manifests;
    }

    private static void add(String file, Node document, List<Manifest> manifests) {
        var tree = NodeTree.of(file, document);
        if (tree.json().isNull()) {
            return;
        }
        int line = tree.lines().getOrDefault("", 1);
        if (!(tree.json() instanceof ObjectNode object)) {
            throw wrong(file + ":" + line + ": this is no object; a manifest has apiVersion, kind and metadata.name",
                    null);
        }
        for (var field : List.of("apiVersion", "kind")) {
            if (!object.path(field).isTextual() || object.path(field).asText().isBlank()) {
                throw wrong(file + ":" + line + ": " + field + " is missing; for example apiVersion: "
                        + "swarm.claudeflow.io/v1alpha1, kind: SwarmCluster", null);
            }
        }
        if (object.path("kind").asText().equals("List") && object.path("items").isArray()) {
            int index = 0;
            for (var item : object.path("items")) {
                if (item instanceof ObjectNode inside) {
                    manifests.add(new Manifest(file, tree.below("items[" + index + "]"), inside));
                }
                index++;
            }
            return;
        }
        if (!object.path("metadata").path("name").isTextual()) {
            throw wrong(file + ":" + line + ": metadata.name is missing, or is no text", null);
        }
        manifests.add(new Manifest(file, tree.lines(), object));
    }

    static SwarmException wrong(String sentence, @org.jspecify.annotations.Nullable Throwable cause) {
        return new SwarmException(ErrorCode.INVALID, sentence, cause);
    }
}
