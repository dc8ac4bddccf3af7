package io.claudeflow.swarm.cli;

import io.claudeflow.swarm.cli.console.Terminal;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a command: read from the process once, in {@link Main}, and handed on.
 *
 * @param terminal  where to write
 * @param variables the environment, copied
 * @param directory the working directory, absolute
 */
public record Shell(Terminal terminal, Map<String, String> variables, Path directory) {
    public Shell {
        variables = Map.copyOf(variables);
    }

    /** A variable that is set and not blank. */
    public @Nullable String variable(String name) {
        var value = variables.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** The person's home directory. */
    public Path home() {
        var home = variable("HOME");
        return Path.of(home != null ? home : System.getProperty("user.home"));
    }

    /** A path as the person wrote it. */
    public Path resolve(Path path) {
        return directory.resolve(path).normalize();
    }
}
