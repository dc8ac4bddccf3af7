package io.claudeflow.swarm.api.v1alpha1;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The YAML files of the tests and of the examples. */
final class YamlFolder {
    static final Path EXAMPLES = Path.of("../examples");
    static final Map<String, Class<?>> KINDS = Map.of("SwarmCluster", SwarmCluster.class, "SwarmAgent",
            SwarmAgent.class, "SwarmTask", SwarmTask.class, "SwarmMemory", SwarmMemory.class);
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final String EXPECT = "# expect: ";

    private YamlFolder() {}

    /** Files of all kinds, {@code folder} being valid or invalid. */
    static List<Path> ofKinds(String folder) {
        return KINDS.keySet()
                .stream()
                .sorted()
                .flatMap(kind -> files(RESOURCES.resolve(kind.toLowerCase(Locale.ROOT)).resolve(folder))
                        .stream())
                .toList();
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder.toString(), e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** The resources in the file, documents without one (comments alone) left out. */
    static List<GenericKubernetesResource> resources(Path file, KubernetesSerialization serialization) {
        var resources = new ArrayList<GenericKubernetesResource>();
        for (var document : read(file).split("(?m)^---\\s*$", -1)) {
            if (document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#"))) {
                resources.add(serialization.unmarshal(document, GenericKubernetesResource.class));
            }
        }
        return resources;
    }

    /** The sentence in the file's first line, which says what Kubernetes must answer. */
    static String expected(Path file) {
        var line = read(file).lines().findFirst().orElse("");
        if (!line.startsWith(EXPECT)) {
            throw new IllegalStateException(file + ": the first line must be '" + EXPECT + "' and a sentence");
        }
        return line.substring(EXPECT.length());
    }

    /** What {@code whole} lacks of {@code part}, as paths; numbers are compared by value. */
    static List<String> missing(String path, Object part, @Nullable Object whole) {
        if (part instanceof Map<?, ?> map && whole instanceof Map<?, ?> other) {
            return map.entrySet()
                    .stream()
                    .flatMap(e -> missing(path + "." + e.getKey(), Objects.requireNonNull(e.getValue()),
                            other.get(e.getKey())).stream())
                    .toList();
        }
        if (part instanceof List<?> list && whole instanceof List<?> other && list.size() == other.size()) {
            var missing = new ArrayList<String>();
            for (int i = 0; i < list.size(); i++) {
                missing.addAll(missing(path + "[" + i + "]", list.get(i), other.get(i)));
            }
            return missing;
        }
        return String.valueOf(part).equals(String.valueOf(whole))
                ? List.of()
                : List.of(path + ": " + part + " became " + whole);
    }
}
