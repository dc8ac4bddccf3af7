package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.task.Clusters;
import io.claudeflow.swarm.cli.task.Endpoints;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swarm endpoint}. */
@Command(name = "endpoint", description = {"Print the URL of one of the swarm's own doors, as it is reached from here.",
    "On a cluster it is a Service's name, which pods can reach; from elsewhere, forward its port with kubectl."})
public final class EndpointCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Parameters(index = "0", arity = "0..1", paramLabel = "SERVICE", defaultValue = "hivemind", description = "Which one. Default: hivemind, which serves /v1/tasks.")
    private String service = "hivemind";
    @Option(names = "--cluster", paramLabel = "NAME", description = "SwarmCluster. Default: the namespace's only one.")
    private @Nullable String cluster;

    public EndpointCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (var api = where.server.open(shell)) {
            var of = new Clusters(api, where.of(api)).choose(cluster);
            shell.terminal().line(new Endpoints(api).url(of, service));
            return ExitCode.OK;
        }
    }
}
