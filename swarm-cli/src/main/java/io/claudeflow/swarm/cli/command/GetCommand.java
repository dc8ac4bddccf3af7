package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.resource.ListPrinter;
import io.claudeflow.swarm.cli.resource.Output;
import io.claudeflow.swarm.cli.resource.Selection;
import io.claudeflow.swarm.cli.resource.WatchPrinter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swarm get}. */
@Command(name = "get", description = "List resources of any kind, as kubectl prints them; -w goes on with every change.")
public final class GetCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Parameters(arity = "1..*", paramLabel = "WHAT", description = "A type (swarmclusters or swc, pods, …), several (swc,swa), 'swarm' for all four kinds; then names; or type/name.")
    private List<String> words = List.of();
    @Option(names = {"-w", "--watch"}, description = "Go on with every change, until Ctrl-C.")
    private boolean watch;
    @Option(names = {"-o",
        "--output"}, paramLabel = "FORMAT", defaultValue = "table", converter = OutputConverter.class, description = "${COMPLETION-CANDIDATES}. Default: table.")
    private Output output = Output.TABLE;
    @Option(names = {"-A", "--all-namespaces"}, description = "Of all namespaces.")
    private boolean allNamespaces;
    @Option(names = {"-l",
        "--selector"}, paramLabel = "LABELS", description = "Only those with these labels: a=b,c!=d.")
    private @Nullable String selector;

    public GetCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var api = where.server.open(shell)) {
            var selection = Selection.of(api, words, allNamespaces ? null : where.of(api), selector);
            return watch
                    ? new WatchPrinter(api, shell.terminal()).print(selection, output)
                    : new ListPrinter(api, shell.terminal()).print(selection, output);
        }
    }
}
