package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.Cli;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.up.Training;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swarm train}: what the launcher runs to make its AOT cache. */
@Command(name = "train", hidden = true, description = "Live through a swarm's life unseen, for the launcher's AOT cache.")
public final class TrainCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Parameters(paramLabel = "DIR", description = "A data directory that nobody needs afterwards.")
    private Path folder = Path.of("");

    public TrainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new Training(shell, folder, Cli::run).run();
    }
}
