package io.claudeflow.swarm.local.process;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A child process that leads a session and process group of its own, so that it gets none of the terminal's signals and can be
 * killed with all its children.
 */
public final class ProcessGroup {
    private final Process process;

    private ProcessGroup(Process process) {
        this.process = process;
    }

    /**
     * What to start.
     *
     * @param command     program and arguments
     * @param environment the whole environment, nothing is inherited
     * @param directory   the working directory
     * @param output      file that gets standard output and error, or null to read them from {@link #output}
     */
    public record Spec(List<String> command, Map<String, String> environment, Path directory, @Nullable Path output) {
        public Spec {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * Starts the process.
     *
     * @param record where pid and start time are kept for {@link ProcessRecord#endLeftover}
     * @throws SwarmException Unavailable when it cannot be started
     */
    public static ProcessGroup start(Spec spec, SearchPath path, Path record) {
        var command = new ArrayList<>(leader(path));
        command.addAll(spec.command());
        var builder = new ProcessBuilder(command).directory(spec.directory().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        if (spec.output() != null) {
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.output().toFile()));
        }
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try {
            var process = builder.start();
            ProcessRecord.write(record, process.toHandle());
            return new ProcessGroup(process);
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE,
                    "cannot start " + spec.command().getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** setsid execs in place when its caller leads no group, so the child's pid is the group's id; macOS has perl instead. */
    private static List<String> leader(SearchPath path) {
        return path.find("setsid")
                .map(setsid -> List.of(setsid.toString()))
                .or(() -> path.find("perl")
                        .map(perl -> List.of(perl.toString(), "-MPOSIX", "-e",
                                "POSIX::setsid(); exec { $ARGV[0] } @ARGV")))
                .orElseThrow(() -> new SwarmException(ErrorCode.UNAVAILABLE,
                        "neither setsid nor perl is on the PATH: install util-linux, or use --isolation thread"));
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Standard output and error together; unbuffered at the child's end. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** Calls back with the exit code (128 + signal for a killed one), at once if it has ended, on a thread of the JDK's. */
    public void onExit(IntConsumer listener) {
        var _ = process.onExit().thenAccept(ended -> listener.accept(ended.exitValue()));
    }

    /** Waits; true when the process has ended in that time. */
    public boolean await(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** Asks the leader to end (SIGTERM). */
    public void terminate() {
        // By its handle: Process.destroy would also close the pipe of its output, and with it lose the last lines.
        process.toHandle().destroy();
    }

    /** Kills the whole group (SIGKILL). */
    public void kill() {
        ProcessRecord.killGroup(process.pid());
        process.toHandle().destroyForcibly();
    }
}
