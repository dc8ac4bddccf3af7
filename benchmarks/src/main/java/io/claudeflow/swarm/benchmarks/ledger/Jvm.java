package io.claudeflow.swarm.benchmarks.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of the run, or this one, and the CPU that it has used. */
final class Jvm implements AutoCloseable {
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "--add-modules",
            "java.se", "--add-exports", "java.base/jdk.internal.ref=ALL-UNNAMED", "--add-opens",
            "java.base/java.lang=ALL-UNNAMED", "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED");
    /** Linux counts CPU time in hundredths of a second: USER_HZ, proc(5). */
    private static final long MICROS_PER_TICK = 10_000;
    private static final int STOP_SECONDS = 20;

    final String name;
    private final ProcessHandle handle;

    private Jvm(String name, ProcessHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    static Jvm thisOne(String name) {
        return new Jvm(name, ProcessHandle.current());
    }

    /**
     * Starts a class with this JVM's class path.
     *
     * @param recording where a flight recording goes when the JVM ends; empty: none
     */
    static Jvm start(String name, Class<?> main, List<String> heap, String recording, Path log, List<String> args)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(heap);
        if (!recording.isEmpty()) {
            command.add("-XX:StartFlightRecording=dumponexit=true,settings=profile,filename=" + recording);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new Jvm(name, process.toHandle());
    }

    /** CPU time in all its threads so far, in microseconds. */
    long cpuMicros() throws IOException {
        var stat = Files.readString(Path.of("/proc", String.valueOf(handle.pid()), "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    /** How often its threads went to sleep so far; unlike CPU time this is the same on a busy machine. */
    long sleeps() throws IOException {
        long sleeps = 0;
        try (var threads = Files.list(Path.of("/proc", String.valueOf(handle.pid()), "task"))) {
            for (var thread : threads.toList()) {
                sleeps += sleeps(thread.resolve("status"));
            }
        }
        return sleeps;
    }

    private static long sleeps(Path status) {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                    .sum();
        } catch (IOException | UncheckedIOException _) {
            // The thread has ended meanwhile.
            return 0;
        }
    }

    /** CPU time of the whole machine so far, idle time left out, in microseconds. */
    static long machineMicros() throws IOException {
        var fields = Files.readString(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split(" +");
        long busy = 0;
        for (int n : new int[]{1, 2, 3, 6, 7}) {
            busy += Long.parseLong(fields[n]);
        }
        return busy * MICROS_PER_TICK;
    }

    boolean alive() {
        return handle.isAlive();
    }

    @Override
    public void close() throws Exception {
        handle.destroy();
        handle.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
