package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.status.Overview;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code swarm status}. */
@Command(name = "status", description = "One screen: clusters, agents by type, tasks by phase, and what is not fine.")
public final class StatusCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();

    public StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (var api = where.server.open(shell)) {
            shell.terminal().line("API server " + api.address());
            Overview.read(api, where.namespace, Clock.systemUTC()).print(shell.terminal());
            return ExitCode.OK;
        }
    }
}
