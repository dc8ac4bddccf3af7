package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.local.DataDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which local swarm is meant. */
final class SwarmOptions {
    @Option(names = {"--name",
        "--swarm"}, paramLabel = "NAME", description = "Name of the local swarm. Default: local.")
    @Nullable
    String name;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Its directory: kubeconfig, journal, volumes, logs. Default: ~/.local/state/swarm/NAME.")
    @Nullable
    Path dataDirectory;

    DataDirectory data(Shell shell) {
        return DataDirectory.of(shell, name, dataDirectory);
    }
}
