package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.kube.Applier;
import io.claudeflow.swarm.cli.adapter.yaml.ManifestReader;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code swarm apply}. */
@Command(name = "apply", description = "Create or change what files say (server-side apply).")
public final class ApplyCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Option(names = {"-f",
        "--filename"}, required = true, arity = "1..*", paramLabel = "FILE", description = "YAML or JSON files, folders of them, or - for standard input.")
    private List<String> files = List.of();
    @Option(names = "--dry-run", description = "Only ask the API server what it would do; change nothing.")
    private boolean dryRun;

    public ApplyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var manifests = new ManifestReader(shell::resolve).read(files);
        int exit = ExitCode.OK;
        try (var api = where.server.open(shell)) {
            var applier = new Applier(api);
            for (var manifest : manifests) {
                try {
                    var namespace = where.of(api);
                    if (where.namespace != null && !manifest.namespace().isEmpty()
                            && !manifest.namespace().equals(namespace)) {
                        throw new SwarmException(ErrorCode.INVALID, manifest.place("metadata.namespace") + ": "
                                + manifest.kind() + " " + manifest.name() + " is of namespace " + manifest.namespace()
                                + ", but -n says " + namespace + "; leave one of them out");
                    }
                    var applied = applier.apply(manifest, namespace, dryRun);
                    shell.terminal().line(applied.sentence() + (dryRun ? " (dry run)" : ""));
                } catch (SwarmException e) {
                    if (e.code().equals(ErrorCode.UNAVAILABLE)) {
                        throw e;
                    }
                    shell.terminal().say("swarm: " + e.getMessage());
                    exit = Math.max(exit, ExitCode.of(e.code()));
                }
            }
        }
        return exit;
    }
}
