package io.claudeflow.swarm.local.api;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real kubectl, where there is one. */
record Kubectl(Path program, Path kubeconfig, Path cache) {
    private static final int SECONDS = 30;

    /** What a command said (both streams) and its exit code. */
    record Result(int code, String output) {}

    /** The kubectl beside a real kube-apiserver, else the one on the PATH. */
    static Optional<Kubectl> find(Path kubeconfig, Path cache) {
        var places = new ArrayList<Path>();
        Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS")).map(Path::of).ifPresent(places::add);
        for (var entry : Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator)) {
            places.add(Path.of(entry));
        }
        return places.stream()
                .map(place -> place.resolve("kubectl"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Kubectl(program, kubeconfig, cache));
    }

    Result run(String... arguments) {
        try {
            var process = start(arguments);
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("kubectl did not end: " + String.join(" ", arguments));
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A command that goes on; its output is merged. */
    Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(program.toString(), "--kubeconfig", kubeconfig.toString(), "--cache-dir",
                cache.toString(), "--request-timeout", SECONDS + "s"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
    }
}
