package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.resource.Description;
import io.claudeflow.swarm.cli.resource.Selection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swarm describe}. */
@Command(name = "describe", description = "Show one object whole: spec, status, conditions and Events.")
public final class DescribeCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Parameters(arity = "1..*", paramLabel = "WHAT", description = "type/name, or type name….")
    private List<String> words = List.of();

    public DescribeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (var api = where.server.open(shell)) {
            var namespace = where.of(api);
            var description = new Description(api, shell.terminal(), java.time.Clock.systemUTC());
            boolean further = false;
            for (var target : Selection.of(api, words, namespace, null).targets()) {
                for (var object : description.objects(target, namespace)) {
                    if (further) {
                        shell.terminal().line("");
                    }
                    description.print(object);
                    further = true;
                }
            }
            return ExitCode.OK;
        }
    }
}
