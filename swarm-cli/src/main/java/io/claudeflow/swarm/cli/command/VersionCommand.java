package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code swarm version}. */
@Command(name = "version", description = "Print the version of swarm and of the Java that runs it.")
public final class VersionCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();

    public VersionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.terminal()
                .line("swarm " + Version.CURRENT.number() + ", Java " + Runtime.version()
                        + ", API swarm.claudeflow.io/v1alpha1");
        return ExitCode.OK;
    }
}
