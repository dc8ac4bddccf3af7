package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.logs.TaskLog;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swarm task logs}. */
@Command(name = "logs", description = "Print what a task printed, out of the logs of the agents that did it.")
public final class TaskLogsCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Parameters(paramLabel = "TASK", description = "Its name.")
    private String task = "";
    @Option(names = {"-f", "--follow"}, description = "Go on until the task has ended.")
    private boolean follow;
    @Option(names = "--prefix", description = "Each line behind its agent and attempt.")
    private boolean prefix;

    public TaskLogsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var api = where.server.open(shell)) {
            var log = new TaskLog(api, shell.terminal(), where.of(api), task, prefix);
            if (follow) {
                log.follow();
            } else {
                log.print();
            }
            return ExitCode.OK;
        }
    }
}
