package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.resource.ListPrinter;
import io.claudeflow.swarm.cli.resource.Output;
import io.claudeflow.swarm.cli.resource.Selection;
import io.claudeflow.swarm.cli.resource.WatchPrinter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code swarm task list}. */
@Command(name = "list", aliases = "ls", description = "List tasks: 'swarm get swarmtasks'.")
public final class TaskListCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Option(names = {"-w", "--watch"}, description = "Go on with every change, until Ctrl-C.")
    private boolean watch;
    @Option(names = {"-o",
        "--output"}, paramLabel = "FORMAT", defaultValue = "table", converter = OutputConverter.class, description = "${COMPLETION-CANDIDATES}. Default: table.")
    private Output output = Output.TABLE;
    @Option(names = {"-A", "--all-namespaces"}, description = "Of all namespaces.")
    private boolean allNamespaces;

    public TaskListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var api = where.server.open(shell)) {
            var selection = Selection.of(api, List.of("swarmtasks.swarm.claudeflow.io"),
                    allNamespaces ? null : where.of(api), null);
            return watch
                    ? new WatchPrinter(api, shell.terminal()).print(selection, output)
                    : new ListPrinter(api, shell.terminal()).print(selection, output);
        }
    }
}
