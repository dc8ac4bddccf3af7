package io.claudeflow.swarm.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the {@code swarm} launcher starts Java: the same options, and a cache of classes that is made once for all tests. */
final class Launch {
    private static final String MAIN = "io.claudeflow.swarm.cli.Main";
    private static final String OPTIONS = "/io/claudeflow/swarm/cli/jvm.args";
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path FOLDER = Path.of(System.getProperty("launch.folder"));
    private static final Duration TRAINING = Duration.ofMinutes(2);
    private static final List<String> PREFIX = withCache();

    private Launch() {}

    /** The words up to and with the main class. */
    static List<String> java() {
        return PREFIX;
    }

    private static List<String> withCache() {
        var cache = FOLDER.resolve("swarm.aot");
        try {
            Files.createDirectories(FOLDER);
            Files.deleteIfExists(cache);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var training = new ArrayList<>(words("-XX:AOTCacheOutput=" + cache));
        training.addAll(List.of("train", FOLDER.resolve("training").toString()));
        var answer = new Command(training, Map.of(), FOLDER).run(TRAINING, "");
        if (!Files.exists(cache)) {
            throw new AssertionError("the launcher's cache of classes is not made: " + answer);
        }
        return words("-XX:AOTCache=" + cache);
    }

    private static List<String> words(String option) {
        var words = new ArrayList<String>();
        words.add(JAVA.toString());
        words.addAll(options());
        words.addAll(List.of(option, "-cp", jars(), MAIN));
        return words;
    }

    private static List<String> options() {
        try (var in = Launch.class.getResourceAsStream(OPTIONS)) {
            if (in == null) {
                throw new IllegalStateException(OPTIONS + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split(" +")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the folder of these tests: a cache holds classes from jars alone. */
    private static String jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
