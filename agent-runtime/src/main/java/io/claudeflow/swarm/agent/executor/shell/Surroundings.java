package io.claudeflow.swarm.agent.executor.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * What an agent prepares once for all of its scripts.
 *
 * @param verbs     the folder with {@value #COMMAND}, the first on a script's PATH; empty: there is none
 * @param isolation shows volumes at their paths
 * @param note      for the top of each step's log; empty: nothing is to be said
 */
record Surroundings(Optional<Path> verbs, Isolation isolation, String note) {
    static final String COMMAND = "swarm-agent";
    static final Surroundings NONE = new Surroundings(Optional.empty(), Isolation.NONE, "");
    private static final String FOLDER = ".swarm";

    /** Writes what is needed below the workspace. Blocking. */
    static Surroundings prepare(ShellConfig config) throws IOException {
        var folder = config.workspace().toAbsolutePath().resolve(FOLDER);
        var verbs = Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("root"));
        writeCommand(verbs, config.path());
        var found = new IsolationProbe(config, folder).find();
        return new Surroundings(Optional.of(verbs), found.isolation(), found.note());
    }

    /** Replaces the file as a whole, because scripts of an agent before this one may still read it. */
    private static void writeCommand(Path verbs, String path) throws IOException {
        String text;
        try (var resource = Surroundings.class.getResourceAsStream(COMMAND)) {
            if (resource == null) {
                throw new IOException("the resource " + COMMAND + " is missing from the agent");
            }
            text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
        var bash = Executables.find("bash", path).map(Path::toString).orElse("/usr/bin/env bash");
        var fresh = verbs.resolve(COMMAND + "-" + UUID.randomUUID());
        Files.writeString(fresh, "#!" + bash + text.substring(text.indexOf('\n')));
        if (!fresh.toFile().setExecutable(true, false)) {
            throw new IOException(fresh + " cannot be made executable");
        }
        Files.move(fresh, verbs.resolve(COMMAND), StandardCopyOption.ATOMIC_MOVE);
    }
}
