package io.claudeflow.swarm.agent.executor.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that runs because of a step: the main process, its group, and (on Linux, from /proc) those that left the group but
 * carry the step's marker in the environment that they were started with. {@link #kill} is called on any thread and returns at
 * once, everything else blocks, briefly, and runs on the step's virtual thread.
 */
final class StepProcesses {
    private static final Path PROC = Path.of("/proc");
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(200);
    /** How often those are looked for that were born while others were killed. */
    private static final int ROUNDS = 20;
    /** Until a step is so old the kernel cannot have given all its numbers away again (32,768 or more). */
    private static final Duration YOUNG = Duration.ofSeconds(5);

    private final Process main;
    private final boolean ownGroup;
    private final byte[] marker;
    private final long begin = System.nanoTime();
    private final boolean linux = Files.isReadable(PROC.resolve("self/environ"));
    private volatile boolean killed;

    /** @param ownGroup the main process leads a group of its own */
    StepProcesses(Process main, boolean ownGroup, String marker) {
        this.main = main;
        this.ownGroup = ownGroup;
        this.marker = (ScriptEnvironment.MARKER + "=" + marker).getBytes(StandardCharsets.UTF_8);
    }

    /** Kills the group. What left it is for {@link #killAll}. */
    void kill() {
        killed = true;
        signal(Posix.SIGKILL);
    }

    private void signal(int signal) {
        // Only while the main process lives its number surely is the step's group.
        if (main.isAlive()) {
            var descendants = ownGroup ? List.<ProcessHandle>of() : main.descendants().toList();
            if (!ownGroup || !Posix.signalGroup(main.pid(), signal)) {
                // Either there is no group, or setsid(2) has not been reached yet.
                end(main.toHandle(), signal);
            }
            descendants.forEach(process -> end(process, signal));
        }
    }

    private static void end(ProcessHandle process, int signal) {
        if (signal == Posix.SIGKILL) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    /** Asks everything to end and waits until it has, at most for {@code grace}. */
    void terminate(Duration grace) throws InterruptedException {
        long end = System.nanoTime() + grace.toNanos();
        if (!killed) {
            signal(Posix.SIGTERM);
            strays().forEach(ProcessHandle::destroy);
        }
        var look = LOOK;
        while (!killed && System.nanoTime() < end && (main.isAlive() || !strays().isEmpty())) {
            Thread.sleep(look);
            look = look.compareTo(LONGEST_LOOK) < 0 ? look.multipliedBy(2) : LONGEST_LOOK;
        }
    }

    /** Kills what is left, wherever it went; returns how many processes besides the main one that were. */
    int killAll() throws InterruptedException {
        kill();
        if (!linux && ownGroup) {
            Posix.signalGroup(main.pid(), Posix.SIGKILL);
        }
        int most = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var strays = strays();
            if (strays.isEmpty()) {
                break;
            }
            strays.forEach(ProcessHandle::destroyForcibly);
            most = Math.max(most, strays.size());
            Thread.sleep(LOOK);
        }
        return most;
    }

    /** The step's live processes without the main one. */
    private List<ProcessHandle> strays() {
        if (!linux) {
            return main.descendants().toList();
        }
        try {
            return candidates().stream()
                    .filter(pid -> isOfStep(PROC.resolve(String.valueOf(pid))))
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .toList();
        } catch (IOException e) {
            return main.descendants().toList();
        }
    }

    /**
     * The processes that the step can have started. To look into each one of a whole machine at the end of each step costs more
     * than most steps do: of a young step only those with higher numbers are, unless the numbers have begun anew meanwhile.
     */
    private List<Long> candidates() throws IOException {
        var all = new ArrayList<Long>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            processes.forEach(process -> all.add(Long.valueOf(process.getFileName().toString())));
        }
        // Read after the others were listed: who has a low number by now has it because they began anew.
        boolean ascending = System.nanoTime() - begin < YOUNG.toNanos() && lastNumber() >= main.pid();
        all.removeIf(pid -> ascending ? pid <= main.pid() : pid == main.pid());
        return all;
    }

    /** The number that the kernel gave last. */
    private static long lastNumber() throws IOException {
        var load = Files.readString(PROC.resolve("loadavg")).strip();
        return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
    }

    private boolean isOfStep(Path process) {
        try {
            var stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // pid (name) state parent group: the name may hold anything, so count from the last parenthesis.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 4);
            if (fields[0].equals("Z") || fields[0].equals("X")) {
                return false;
            }
            return ownGroup && Long.parseLong(fields[2]) == main.pid()
                    || contains(Files.readAllBytes(process.resolve("environ")));
        } catch (IOException | RuntimeException gone) {
            // It has ended meanwhile, or belongs to another user.
            return false;
        }
    }

    private boolean contains(byte[] environment) {
        for (int from = 0; from + marker.length <= environment.length; from++) {
            int matched = 0;
            while (matched < marker.length && environment[from + matched] == marker[matched]) {
                matched++;
            }
            if (matched == marker.length) {
                return true;
            }
        }
        return false;
    }
}
