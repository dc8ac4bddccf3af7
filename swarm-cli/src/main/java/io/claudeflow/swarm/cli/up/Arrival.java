package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.yaml.Manifest;
import io.claudeflow.swarm.cli.console.Age;
import io.claudeflow.swarm.cli.console.Paint;
import io.claudeflow.swarm.cli.live.Board;
import io.claudeflow.swarm.cli.live.Live;
import io.claudeflow.swarm.cli.live.Readiness;
import io.claudeflow.swarm.cli.local.DataDirectory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a served API to a swarm that is ready: applies the files, shows it coming alive, says how to go on. */
final class Arrival {
    private final Shell shell;
    private final DataDirectory data;
    private final KubeApi api;
    private final long begin;

    /** {@code begin} is the System.nanoTime() from which a person waits. */
    Arrival(Shell shell, DataDirectory data, KubeApi api, long begin) {
        this.shell = shell;
        this.data = data;
        this.api = api;
        this.begin = begin;
    }

    /**
     * Blocks until the clusters of the files (or, without files, those that there are) are ready or the limit is over.
     *
     * @param terms Raft terms when the API server began to serve
     * @return the exit code that a start which leaves the swarm running ends with
     */
    int run(List<Manifest> files, Map<String, Long> terms, @Nullable Duration limit, String how)
            throws InterruptedException {
        var terminal = shell.terminal();
        var manifests = new Manifests(api, terminal);
        manifests.apply(files);
        var wanted = files.isEmpty() ? List.copyOf(terms.keySet()) : manifests.clusters();
        var board = new Board(new Readiness(terms));
        boolean ready = new Live(api, terminal, board, begin).until(wanted, limit);
        var waited = Age.waited(Duration.ofNanos(System.nanoTime() - begin));
        terminal.line("");
        if (ready) {
            terminal.line(Paint.GOOD.on("Ready after " + waited, terminal.colour()) + ": "
                    + (wanted.isEmpty()
                            ? "the operator waits for a SwarmCluster"
                            : counted(wanted.size(), "SwarmCluster")
                                    + ", " + counted(board.connected(), "agent")));
        } else {
            terminal.line("");
            terminal.say("swarm: not ready after " + waited + ": " + String.join("; ", board.unready(wanted))
                    + "; it goes on, see: " + command() + " status" + data.option());
        }
        next(wanted.isEmpty(), how);
        var unresolved = manifests.unresolved();
        unresolved.forEach(sentence -> terminal.say("swarm: " + sentence));
        return !ready ? ExitCode.TIMED_OUT : unresolved.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void next(boolean empty, String how) {
        var terminal = shell.terminal();
        var swarm = command();
        terminal.line("");
        terminal.line("  export KUBECONFIG=" + quoted(data.kubeconfig()));
        if (empty) {
            terminal.line("  " + swarm + " apply -f examples/hivemind-cluster.yaml");
        } else if (kubectl()) {
            terminal.line("  kubectl get swarmagents -w");
            terminal.line("  kubectl apply -f examples/word-count-task.yaml");
        } else {
            terminal.line("  " + swarm + " get swarmagents -w");
            terminal.line("  " + swarm + " apply -f examples/word-count-task.yaml");
        }
        terminal.line("  " + swarm + " task submit --wait -- wc -w README.md");
        terminal.line("");
        terminal.line(how);
    }

    /** How this person calls the command. */
    private String command() {
        var name = shell.variable("SWARM_COMMAND");
        return name == null ? "swarm" : name;
    }

    private boolean kubectl() {
        var path = shell.variable("PATH");
        return path != null && Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    private static String quoted(Path path) {
        var text = path.toString();
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
