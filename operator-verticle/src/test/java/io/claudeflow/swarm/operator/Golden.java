package io.claudeflow.swarm.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Folders of {@code in.yaml -> out.yaml} below {@code src/test/resources/golden}. With the system property
 * {@code golden.write} the outputs are written instead of compared, to be read in the diff.
 */
public final class Golden {
    private static final Path ROOT = Path.of("src/test/resources/golden");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    static {
        YAML.registerKubernetesResource(SwarmCluster.class);
        YAML.registerKubernetesResource(SwarmAgent.class);
        YAML.registerKubernetesResource(SwarmTask.class);
    }

    private Golden() {}

    /** A test for each folder below {@code kind}. */
    public static Stream<DynamicTest> cases(String kind, Function<List<HasMetadata>, List<?>> desired) {
        try (var folders = Files.list(ROOT.resolve(kind))) {
            return folders.sorted()
                    .toList()
                    .stream()
                    .map(folder -> DynamicTest
                            .dynamicTest(folder.getFileName().toString(), () -> check(folder, desired)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Path folder, Function<List<HasMetadata>, List<?>> desired) throws IOException {
        var out = folder.resolve("out.yaml");
        var actual = desired.apply(read(folder.resolve("in.yaml")))
                .stream()
                .map(YAML::asYaml)
                .collect(Collectors.joining());
        if (System.getProperty("golden.write") != null) {
            Files.writeString(out, actual);
        }
        assertEquals(Files.readString(out), actual);
    }

    /** The documents of a file. */
    public static List<HasMetadata> read(Path file) throws IOException {
        var objects = new ArrayList<HasMetadata>();
        for (var document : Files.readString(file).split("(?m)^---\n", -1)) {
            if (!document.isBlank()) {
                objects.add(YAML.unmarshal(document));
            }
        }
        return objects;
    }

    /** The only object of that kind. */
    public static <T extends HasMetadata> T one(List<HasMetadata> objects, Class<T> kind) {
        return all(objects, kind).getFirst();
    }

    public static <T extends HasMetadata> List<T> all(List<HasMetadata> objects, Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
