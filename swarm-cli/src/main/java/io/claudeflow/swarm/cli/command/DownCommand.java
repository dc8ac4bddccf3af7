package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.up.Downing;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code swarm down}. */
@Command(name = "down", description = "End a local swarm that runs; its state is kept for the next 'swarm up'.")
public final class DownCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private SwarmOptions swarm = new SwarmOptions();
    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "30s", description = "How long it may take before it is killed. Default: 30s.", converter = DurationConverter.class)
    private Duration timeout = Duration.ofSeconds(30);

    public DownCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        new Downing(swarm.data(shell), shell.terminal()).run(timeout);
        return ExitCode.OK;
    }
}
