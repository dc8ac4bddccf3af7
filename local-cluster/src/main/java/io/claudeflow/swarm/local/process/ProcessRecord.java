package io.claudeflow.swarm.local.process;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process as a file remembers it. The start time tells it from a later process with the same pid.
 *
 * @param pid     also the id of its group
 * @param started as the system says
 */
public record ProcessRecord(long pid, Instant started) {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessRecord.class);
    /** Systems compute the start from a boot time that clock corrections move. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);
    private static final Duration SIGNAL_DEADLINE = Duration.ofSeconds(5);

    static void write(Path file, ProcessHandle process) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var started = process.info().startInstant().orElse(Instant.now());
        Files.writeString(file, process.pid() + " " + started + "\n");
    }

    /** What the file says, if it is there and readable. */
    public static Optional<ProcessRecord> read(Path file) {
        try {
            var words = Files.readString(file).strip().split(" ");
            return Optional.of(new ProcessRecord(Long.parseLong(words[0]), Instant.parse(words[1])));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The process of the record, if it still runs. */
    public Optional<ProcessHandle> live() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .map(start -> Duration.between(start, started).abs().compareTo(TOLERANCE) < 0)
                        .orElse(false));
    }

    /** Kills the group of the process that a former run recorded there, and removes the record. Blocks until it is gone. */
    public static void endLeftover(Path file) {
        read(file).ifPresent(record -> {
            record.live().ifPresent(handle -> {
                LOG.atWarn().addKeyValue("pid", record.pid()).log("ending a process of the former run");
                killGroup(record.pid());
                awaitEnd(handle);
            });
            // The leader may be gone while its children still run.
            killGroup(record.pid());
        });
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "cannot remove " + file + ": " + e.getMessage(), e);
        }
    }

    /** Kills every process whose environment carries that entry: children that left the group. Linux; elsewhere does nothing. */
    public static void killCarriers(String entry) {
        var proc = Path.of("/proc");
        if (!Files.isDirectory(proc)) {
            return;
        }
        try (var folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var folder : folders) {
                if (carries(folder.resolve("environ"), entry)) {
                    ProcessHandle.of(Long.parseLong(folder.getFileName().toString()))
                            .ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("processes cannot be listed");
        }
    }

    private static boolean carries(Path environ, String entry) {
        try {
            var text = new String(Files.readAllBytes(environ), StandardCharsets.UTF_8);
            return ("\0" + text).contains("\0" + entry);
        } catch (IOException e) {
            return false;
        }
    }

    static void killGroup(long group) {
        try {
            var kill = new ProcessBuilder("/bin/sh", "-c", "kill -s KILL -- -" + group)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(SIGNAL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("group", group).setCause(e).log("process group cannot be killed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEnd(ProcessHandle handle) {
        try {
            var _ = handle.onExit().get(SIGNAL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE,
                    "process " + handle.pid() + " of the former run does not end: end it by hand", e);
        }
    }
}
