package io.claudeflow.swarm.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.resource.ResourceWords;
import io.claudeflow.swarm.cli.resource.Selection;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swarm scale}. */
@Command(name = "scale", description = "Set how many agents a SwarmCluster has (or how many pods a Deployment or StatefulSet).")
public final class ScaleCommand implements Callable<Integer> {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Parameters(arity = "1..2", paramLabel = "WHAT", description = "type/name, for example swarmcluster/research-swarm.")
    private List<String> words = List.of();
    @Option(names = "--replicas", required = true, paramLabel = "N", description = "How many.")
    private int replicas;

    public ScaleCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (replicas < 0) {
            throw new SwarmException(ErrorCode.INVALID, "--replicas " + replicas + " is not allowed: use 0 or more");
        }
        ResourceWords.one(words);
        try (var api = where.server.open(shell)) {
            var target = Selection.of(api, words, where.of(api), null).targets().getFirst();
            if (!target.type().subresources().contains("scale")) {
                throw new SwarmException(ErrorCode.INVALID, target.type().plural()
                        + " cannot be scaled; swarmclusters, deployments and statefulsets can");
            }
            var body = JsonNodeFactory.instance.objectNode();
            body.putObject("spec").put("replicas", replicas);
            var name = String.valueOf(target.name());
            api.send("PATCH", target.type().path(where.of(api), name) + "/scale", MERGE_PATCH, body);
            shell.terminal().line(target.type().qualifiedSingular() + "/" + name + " scaled");
            return ExitCode.OK;
        }
    }
}
