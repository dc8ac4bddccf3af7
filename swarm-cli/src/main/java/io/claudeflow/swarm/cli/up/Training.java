package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.yaml.ManifestReader;
import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.cli.local.DataDirectory;
import io.claudeflow.swarm.kit.bus.Bus;
import io.claudeflow.swarm.kit.cluster.ClusterConfig;
import io.claudeflow.swarm.kit.cluster.ClusterConfig.Seeds;
import io.claudeflow.swarm.kit.cluster.MeshVertx;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.local.LocalClusterConfig.ApiServerKind;
import io.claudeflow.swarm.local.kubelet.Isolation;
import io.claudeflow.swarm.mesh.hivemind.HivemindChannels;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.vertx.core.Future;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntBiFunction;

/**
 * A whole swarm's life in this process, with every usual command in it, seen by nobody: the run from which the launcher has the
 * JVM make its AOT cache. And a mesh of two members, which a swarm in one process does without.
 */
public final class Training {
    private static final Duration READY = Duration.ofMinutes(3);
    private static final List<String> MEMBERS = List.of("127.0.0.1", "127.0.0.2");
    private static final Duration MESH = Duration.ofSeconds(20);
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
        mesh();
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

    /** Where it cannot be, pods start more slowly, and that is all. */
    private static void mesh() throws InterruptedException {
        var seeds = new Seeds.Members(MEMBERS);
        var channel = HivemindChannels.replica(0);
        var request = new HivemindCommand.Request("training", 1L, new HivemindCommand.ReadPresence());
        Future<HivemindReply> answer = Future.succeededFuture(new HivemindReply.Committed(1));
        var members = MEMBERS.stream()
                .map(address -> MeshVertx.clustered(new ClusterConfig("training/training", address, seeds,
                        ClusterConfig.BUS_PORT, ClusterConfig.MEMBER_PORT, null)).map(MeshVertx::vertx))
                .toList();
        var spoken = Future.join(members)
                .compose(all -> new Bus(all.resultAt(0)).serve(channel, (_, _) -> answer)
                        .compose(_ -> new Bus(all.resultAt(1)).request(channel, request, TraceContext.unsampled())));
        var closed = spoken.eventually(() -> Future.join(members.stream()
                .filter(Future::succeeded)
                .map(member -> member.result().close())
                .toList()));
        var done = new CountDownLatch(1);
        closed.onComplete(_ -> done.countDown());
        var _ = done.await(MESH.toSeconds(), TimeUnit.SECONDS);
    }
}
