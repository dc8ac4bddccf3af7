package io.claudeflow.swarm.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command as a person types it, with its answer. */
record Command(List<String> words, Map<String, String> environment, Path folder) {
    /** What a command answered. */
    record Answer(List<String> words, int exit, String out, String err) {
        /** This answer, or a failure that shows it whole. */
        Answer ok() {
            if (exit != 0) {
                throw new AssertionError(this);
            }
            return this;
        }

        @Override
        public String toString() {
            return String.join(" ", words) + "\nexit code " + exit + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    /** This command with a small file system of its own mounted at a folder, in a mount namespace that ends with the command. */
    Command onAMountOf(Path at, String options) {
        var wrapped = new ArrayList<>(List.of("unshare", "--map-root-user", "--mount", "bash", "-c",
                "mount -t tmpfs -o " + options + " tmpfs \"$0\" && exec \"$@\"", at.toString()));
        wrapped.addAll(words);
        return new Command(wrapped, environment, folder);
    }

    Answer run(Duration deadline, String input) {
        try {
            var process = start(new ProcessBuilder(words));
            var out = read(process.getInputStream());
            var err = read(process.getErrorStream());
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException brokenPipe) {
                // The command ended without reading: its exit code says what happened.
            }
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end within " + deadline + ": " + String.join(" ", words) + "\n"
                        + out.getNow("") + err.getNow(""));
            }
            return new Answer(words, process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer run() {
        return run(Duration.ofSeconds(60), "");
    }

    /** Starts it and lets it run, its output in a file. */
    Process startInto(Path log) {
        try {
            return start(new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(ProcessBuilder builder) throws IOException {
        var merged = new HashMap<>(builder.environment());
        merged.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(merged);
        return builder.directory(folder.toFile()).start();
    }

    private static CompletableFuture<String> read(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.complete("");
            }
        });
        return text;
    }
}
