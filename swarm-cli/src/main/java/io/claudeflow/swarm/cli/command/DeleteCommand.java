package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.adapter.yaml.ManifestReader;
import io.claudeflow.swarm.cli.resource.Deletion;
import io.claudeflow.swarm.cli.resource.Selection;
import io.claudeflow.swarm.kit.config.Durations;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swarm delete}. */
@Command(name = "delete", description = "Delete resources, and wait until they are gone.")
public final class DeleteCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Parameters(arity = "0..*", paramLabel = "WHAT", description = "type name…, or type/name….")
    private List<String> words = List.of();
    @Option(names = {"-f",
        "--filename"}, arity = "1..*", paramLabel = "FILE", description = "Delete what these files name instead.")
    private List<String> files = List.of();
    @Option(names = {"-l", "--selector"}, paramLabel = "LABELS", description = "Delete those with these labels.")
    private @Nullable String selector;
    @Option(names = "--all", description = "Delete all of the type in the namespace.")
    private boolean all;
    @Option(names = "--no-wait", description = "Do not wait until they are gone.")
    private boolean noWait;
    @Option(names = "--ignore-not-found", description = "What is not there is no failure.")
    private boolean ignoreMissing;
    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "2m", description = "How long to wait. Default: 2m.", converter = DurationConverter.class)
    private Duration timeout = Duration.ofMinutes(2);

    public DeleteCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (words.isEmpty() == files.isEmpty()) {
            throw new SwarmException(ErrorCode.INVALID,
                    "name what to delete: either type/name (swarm delete swarmtask/word-count) or -f FILE");
        }
        try (var api = where.server.open(shell)) {
            int exit = ExitCode.OK;
            var deleted = new ArrayList<Deletion>();
            for (var deletion : files.isEmpty() ? named(api) : ofFiles(api)) {
                try {
                    if (deletion.start(api)) {
                        deleted.add(deletion);
                        shell.terminal().line(deletion.name() + " deleted");
                    } else if (!ignoreMissing) {
                        shell.terminal().say("swarm: " + deletion.name() + " not found");
                        exit = ExitCode.NOT_FOUND;
                    }
                } catch (SwarmException e) {
                    shell.terminal().say("swarm: " + deletion.name() + ": " + e.getMessage());
                    exit = ExitCode.of(e.code());
                }
            }
            if (!noWait) {
                Deletion.await(api, deleted, timeout, "the --timeout of " + Durations.format(timeout));
            }
            return exit;
        }
    }

    private List<Deletion> named(KubeApi api) {
        var selection = Selection.of(api, words, where.of(api), selector);
        var deletions = new ArrayList<Deletion>();
        for (var target : selection.targets()) {
            var name = target.name();
            if (name != null) {
                deletions.add(new Deletion(target.type(), where.of(api), name));
                continue;
            }
            if (!all && selector == null) {
                throw new SwarmException(ErrorCode.INVALID, "name which " + target.type().plural()
                        + " to delete, or say --all or -l LABELS");
            }
            for (var item : api.get(selection.path(target) + KubeApi.query(selection.query(target))).path("items")) {
                deletions.add(new Deletion(target.type(), where.of(api), new KubeObject(item).name()));
            }
        }
        return deletions;
    }

    private List<Deletion> ofFiles(KubeApi api) {
        var discovery = io.claudeflow.swarm.cli.adapter.kube.Discovery.of(api);
        var deletions = new ArrayList<Deletion>();
        for (var manifest : new ManifestReader(shell::resolve).read(files).reversed()) {
            var type = discovery.byKind(manifest.apiVersion(), manifest.kind())
                    .orElseThrow(() -> new SwarmException(ErrorCode.INVALID, manifest.place("kind")
                            + ": the API server does not know " + manifest.apiVersion() + " " + manifest.kind()));
            deletions.add(new Deletion(type, manifest.namespace().isEmpty() ? where.of(api) : manifest.namespace(),
                    manifest.name()));
        }
        return deletions;
    }
}
