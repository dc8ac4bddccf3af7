package io.claudeflow.swarm.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A local swarm as a user starts it, by {@code swarm up} in a process of its own, and the kubectl that talks to it. */
final class LocalSwarm implements AutoCloseable {
    static final Path REPOSITORY = Path.of(System.getProperty("repository.root"));
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration START = Duration.ofSeconds(90);

    private final Path dataDirectory;
    private final Place place;
    private @Nullable Process up;

    LocalSwarm(Place place, Path dataDirectory) {
        this.place = place;
        this.dataDirectory = dataDirectory;
    }

    /** {@code swarm up -f FILES}; returns once it says that the swarm is ready. */
    LocalSwarm up(String... files) {
        var words = new ArrayList<>(List.of("up", "--data-dir", dataDirectory.toString(), "--isolation",
                place.isolation(), "--api-server", place.apiServer()));
        for (var file : files) {
            words.add("-f");
            words.add(file);
        }
        var log = dataDirectory.resolveSibling(dataDirectory.getFileName() + "-up.log");
        var process = swarmCommand(words).startInto(log);
        up = process;
        Awaitility.await("swarm up").atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> {
            var text = Files.exists(log) ? Files.readString(log) : "";
            if (!process.isAlive()) {
                throw new AssertionError("swarm up ended with exit code " + process.exitValue() + "\n" + text);
            }
            return text.contains("kubeconfig");
        });
        return this;
    }

    /** The {@code swarm} command with those words, on this swarm's data directory where the command takes one. */
    Command.Answer swarm(String... words) {
        return swarmCommand(List.of(words)).run();
    }

    static Command swarmCommand(List<String> words) {
        var command = new ArrayList<>(Launch.java());
        command.addAll(words);
        return new Command(command, Map.of("NO_COLOR", "1"), REPOSITORY);
    }

    /** A script for bash, in which {@code swarm} is the command for this swarm. */
    Command.Answer bash(String script) {
        var words = new ArrayList<>(List.of("bash", "-e", "-c",
                "java=(\"$@\")\nswarm() { \"${java[@]}\" \"$@\"; }\n" + script, "bash"));
        words.addAll(Launch.java());
        return new Command(words, Map.of("NO_COLOR", "1", "KUBECONFIG", kubeconfig().toString()), REPOSITORY).run();
    }

    Command.Answer kubectl(String... words) {
        return kubectlWithInput("", words);
    }

    Command.Answer kubectlWithInput(String input, String... words) {
        var command = new ArrayList<>(List.of(Place.kubectl(), "--kubeconfig", kubeconfig().toString(), "--cache-dir",
                dataDirectory.resolveSibling("kubectl-cache").toString()));
        command.addAll(List.of(words));
        return new Command(command, Map.of(), REPOSITORY).run(Duration.ofSeconds(120), input);
    }

    /** {@code kubectl get -o json} of one object. */
    JsonNode object(String kind, String name, String namespace) {
        try {
            return JSON.readTree(kubectl("-n", namespace, "get", kind, name, "-o", "json").ok().out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All SwarmTasks of the default namespace. */
    Iterable<JsonNode> tasks() {
        try {
            return JSON.readTree(kubectl("get", "swarmtasks", "-o", "json").ok().out()).path("items");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many of these are Completed. */
    int completedTasks() {
        int count = 0;
        for (var task : tasks()) {
            count += task.path("status").path("phase").asText().equals("Completed") ? 1 : 0;
        }
        return count;
    }

    Path kubeconfig() {
        return dataDirectory.resolve("kubeconfig");
    }

    Path dataDirectory() {
        return dataDirectory;
    }

    /** The process of {@code swarm up}. */
    Process process() {
        var process = up;
        if (process == null) {
            throw new IllegalStateException("not up");
        }
        return process;
    }

    /** Ctrl-C. */
    int stop() {
        var process = process();
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                throw new AssertionError("swarm up did not end within 40 s of SIGTERM");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        var process = up;
        if (process != null && process.isAlive()) {
            stop();
        }
    }
}
