package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.yaml.Manifest;
import io.claudeflow.swarm.cli.adapter.yaml.ManifestReader;
import io.claudeflow.swarm.cli.console.Age;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.time.Duration;
import java.util.List;

/** A swarm in this very process, until Ctrl-C or SIGTERM. */
public final class Foreground {
    private final Shell shell;
    private final UpRequest request;

    public Foreground(Shell shell, UpRequest request) {
        this.shell = shell;
        this.request = request;
    }

    /** Starts it, shows it coming alive, and blocks for as long as it runs. */
    public int run() throws InterruptedException {
        long begin = System.nanoTime();
        var files = files(shell, request);
        try (var serving = Serving.start(shell, request)) {
            stopOnSignal(serving);
            arrive(serving, files, begin);
            serving.awaitEnd();
        }
        return ExitCode.OK;
    }

    private void arrive(Serving serving, List<Manifest> files, long begin) throws InterruptedException {
        try {
            new Arrival(shell, request.data(), serving.api(), begin).run(files, serving.terms(), request.limit(),
                    "Ctrl-C stops it; its state stays in " + request.data().path());
        } catch (SwarmException e) {
            // A signal in the middle: what fails then fails because of it.
            if (!serving.closed()) {
                throw e;
            }
        }
    }

    /** The same without a person before it: no files, no board. */
    public int serve() throws InterruptedException {
        try (var serving = Serving.start(shell, request)) {
            stopOnSignal(serving);
            serving.awaitEnd();
        }
        return ExitCode.OK;
    }

    /** The files, read before anything is started, so that a slip costs nothing. */
    static List<Manifest> files(Shell shell, UpRequest request) {
        DataFolder.requireFree(request.data());
        return request.files().isEmpty() ? List.of() : new ManifestReader(shell::resolve).read(request.files());
    }

    private void stopOnSignal(Serving serving) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            var terminal = shell.terminal();
            long begin = System.nanoTime();
            serving.close();
            terminal.line(
                    "stopped after " + Age.waited(Duration.ofNanos(System.nanoTime() - begin)) + "; state is kept in "
                            + request.data().path());
        }, "stop"));
    }
}
