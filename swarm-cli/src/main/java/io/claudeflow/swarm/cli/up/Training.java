package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.yaml.ManifestReader;
import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.cli.local.DataDirectory;
import io.claudeflow.swarm.local.LocalClusterConfig.ApiServerKind;
import io.claudeflow.swarm.local.kubelet.Isolation;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntBiFunction;

/**
 * A whole swarm's life in this process, with every usual command in it, seen by nobody: the run from which the launcher has the
 * JVM make its AOT cache.
 */
public final class Training {
    private static final Duration READY = Duration.ofMinutes(3);
    private static final String SWARM = """
            apiVersion: swarm.claudeflow.io/v1alpha1
            kind: SwarmCluster
            metadata: {name: training}
            spec: {topology: mesh, replicas: 2, hiveMind: {replicas: 3}}
            """;
    private static final List<List<String>> COMMANDS = List.of(
            List.of("task", "submit", "--name", "one", "--wait", "--", "echo", "x"),
            List.of("get", "swarmclusters,swarmagents,swarmtasks"), List.of("get", "pods", "-A", "-o", "yaml"),
            List.of("status"), List.of("describe", "swarmtask/one"), List.of("task", "logs", "one"),
            List.of("task", "list"),
            List.of("scale", "swarmcluster/training", "--replicas=3"));

    private final Shell shell;
    private final Path folder;
    private final ToIntBiFunction<Shell, String[]> commands;

    /** {@code commands} runs a command line as a person's would be run. */
    public Training(Shell shell, Path folder, ToIntBiFunction<Shell, String[]> commands) {
        this.shell = shell;
        this.folder = folder;
        this.commands = commands;
    }

    /** Blocks until the swarm has lived and ended. */
    public int run() throws InterruptedException {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var quiet = new Shell(new Terminal(nowhere, nowhere, true, true, 40, 120), shell.variables(),
                shell.directory());
        var data = new DataDirectory(shell.resolve(folder), "");
        var request = new UpRequest(List.of(), data, Isolation.THREAD, ApiServerKind.EMBEDDED, READY);
        try (var serving = Serving.start(quiet, request)) {
            int exit = new Arrival(quiet, data, serving.api(), System.nanoTime()).run(
                    ManifestReader.parse("training", SWARM),
                    serving.terms(), READY, "");
            for (var command : COMMANDS) {
                var words = new ArrayList<>(command);
                int dashes = command.indexOf("--");
                words.addAll(dashes < 0 ? words.size() : dashes, List.of("--data-dir", data.path().toString()));
                exit = Math.max(exit, commands.applyAsInt(quiet, words.toArray(String[]::new)));
            }
            return exit;
        } catch (RuntimeException e) {
            shell.terminal().say("swarm: training failed: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
