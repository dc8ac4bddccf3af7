package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.local.KubeTarget;
import io.claudeflow.swarm.cli.local.RunRecord;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A swarm in a process of its own that stays when this one ends. */
public final class Detached {
    private static final Duration SERVED_WITHIN = Duration.ofSeconds(90);
    private static final long LOOK_MILLIS = 30;
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int LAST_LINES = 5;

    private final Shell shell;
    private final UpRequest request;
    private final String mainClass;

    /** {@code mainClass} is what this process runs and the new one shall run. */
    public Detached(Shell shell, UpRequest request, String mainClass) {
        this.shell = shell;
        this.request = request;
        this.mainClass = mainClass;
    }

    /** Starts it, shows it coming alive, and returns; a start that fails, or is interrupted, leaves nothing running. */
    public int run() throws InterruptedException {
        long begin = System.nanoTime();
        var files = Foreground.files(shell, request);
        DataFolder.make(request.data());
        var process = start();
        var abandon = new Thread(() -> process.destroy(), "abandon");
        Runtime.getRuntime().addShutdownHook(abandon);
        try {
            var record = served(process);
            try (var api = KubeApi.open(new KubeTarget(request.data().kubeconfig(),
                    "the swarm does not answer; see " + request.data().log()))) {
                int exit = new Arrival(shell, request.data(), api, begin).run(files, record.terms(), request.limit(),
                        "It runs in the background (process " + process.pid() + "); end it with: swarm down"
                                + request.data().option());
                Runtime.getRuntime().removeShutdownHook(abandon);
                return exit;
            }
        } catch (RuntimeException e) {
            Runtime.getRuntime().removeShutdownHook(abandon);
            if (process.isAlive()) {
                new Downing(request.data(), shell.terminal()).end(process.toHandle(), GRACE);
            }
            throw e;
        }
    }

    private Process start() {
        var builder = new ProcessBuilder(command()).directory(shell.directory().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(request.data().console().toFile());
        builder.environment().remove("SWARM_TERMINAL");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.INTERNAL, "the swarm's process cannot be started: " + e.getMessage(), e);
        }
    }

    /** This process's own way of running Java, in a session of its own where the system has setsid. */
    private List<String> command() {
        var command = new ArrayList<String>();
        setsid().ifPresent(command::add);
        var info = ProcessHandle.current().info();
        command.add(info.command().orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        var arguments = info.arguments().map(List::of).orElse(List.of());
        int main = arguments.indexOf(mainClass);
        if (main >= 0) {
            command.addAll(arguments.subList(0, main + 1));
        } else {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        }
        command.add("up");
        command.add("--serve");
        command.addAll(request.options());
        return command;
    }

    private Optional<String> setsid() {
        var path = shell.variable("PATH");
        return path == null
                ? Optional.empty()
                : List.of(path.split(File.pathSeparator))
                        .stream()
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder, "setsid"))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .findFirst();
    }

    private RunRecord served(Process process) throws InterruptedException {
        long end = System.nanoTime() + SERVED_WITHIN.toNanos();
        while (System.nanoTime() < end) {
            var record = RunRecord.running(request.data().runRecord())
                    .filter(run -> run.pid() == process.pid());
            if (record.isPresent()) {
                return record.get();
            }
            if (!process.isAlive()) {
                throw new SwarmException(new ErrorCode("StartFailed", ErrorCode.Blame.RESOURCE), lastWords());
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new SwarmException(ErrorCode.INDETERMINATE, "the API server was not there within "
                + SERVED_WITHIN.toSeconds() + " s; the start was given up, see " + request.data().log());
    }

    /** What the process said before it ended: its sentences, else its last lines. */
    private String lastWords() {
        try {
            var lines = Files.readAllLines(request.data().console());
            var sentences = lines.stream()
                    .filter(line -> line.startsWith("swarm: "))
                    .map(line -> line.substring(7))
                    .toList();
            var words = sentences.isEmpty()
                    ? lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())
                    : sentences;
            return words.isEmpty()
                    ? "the swarm's process ended at once; see " + request.data().log()
                    : String.join("\n", words);
        } catch (IOException e) {
            return "the swarm's process ended at once, and " + request.data().console() + " cannot be read: "
                    + e.getMessage();
        }
    }
}
