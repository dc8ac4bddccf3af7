package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.task.Tasks;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swarm task cancel}. */
@Command(name = "cancel", description = "End tasks that have not ended; this cannot be undone.")
public final class TaskCancelCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Parameters(arity = "1..*", paramLabel = "TASK", description = "Their names.")
    private List<String> names = List.of();

    public TaskCancelCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (var api = where.server.open(shell)) {
            var tasks = new Tasks(api, where.of(api));
            for (var name : names) {
                if (tasks.cancel(name)) {
                    shell.terminal().line("swarmtask.swarm.claudeflow.io/" + name + " cancelled");
                } else {
                    shell.terminal().say("swarmtask/" + name + " has ended already");
                }
            }
            return ExitCode.OK;
        }
    }
}
