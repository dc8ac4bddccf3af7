package io.claudeflow.swarm.cli.local;

import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a local swarm keeps its kubeconfig, journal, volumes and logs.
 *
 * @param path   absolute
 * @param option how a person names it on the command line, with a leading blank; empty for the default
 */
public record DataDirectory(Path path, String option) {
    /** The name of a local swarm that is not named. */
    public static final String DEFAULT_NAME = "local";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");

    /** The directory that {@code --data-dir} names, else that of the swarm called {@code name}. */
    public static DataDirectory of(Shell shell, @Nullable String name, @Nullable Path directory) {
        if (directory != null) {
            return new DataDirectory(shell.resolve(directory), " --data-dir " + directory);
        }
        var chosen = name == null ? DEFAULT_NAME : name;
        if (!NAME.matcher(chosen).matches()) {
            throw new SwarmException(ErrorCode.INVALID, "--name '" + chosen
                    + "' is not allowed: use at most 40 lower-case letters, digits and hyphens, for example 'local'");
        }
        var state = shell.variable("XDG_STATE_HOME");
        var base = state != null && Path.of(state).isAbsolute() ? Path.of(state) : shell.home().resolve(".local/state");
        return new DataDirectory(base.resolve("swarm").resolve(chosen),
                chosen.equals(DEFAULT_NAME) ? "" : " --name " + chosen);
    }

    /** How clients reach the API server; there while the swarm runs, and after. */
    public Path kubeconfig() {
        return path.resolve("kubeconfig");
    }

    /** Who runs the swarm at the moment, see {@link RunRecord}. */
    public Path runRecord() {
        return path.resolve("run.properties");
    }

    /** What API server, controllers and kubelet log. */
    public Path log() {
        return path.resolve("logs").resolve("swarm.log");
    }

    /** What the process of a detached swarm prints. */
    public Path console() {
        return path.resolve("logs").resolve("console.log");
    }
}
