package io.claudeflow.swarm.agent.executor.shell;

import io.claudeflow.swarm.agent.executor.StepListener;
import io.claudeflow.swarm.agent.executor.StepLog;
import io.claudeflow.swarm.agent.executor.StepOutcome;
import io.claudeflow.swarm.agent.executor.StepRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One run of a script from its folder to its outcome, on one virtual thread; {@link #stop} is called on any thread. */
final class ShellRun {
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);
    private static final int NOT_FOUND = 127;

    private final ShellConfig config;
    private final Surroundings surroundings;
    private final StepRequest request;
    private final StepListener listener;
    private final ScriptOutput output;
    private final CompletableFuture<Stop> stop = new CompletableFuture<>();
    private final long begin = System.nanoTime();
    private volatile @Nullable StepProcesses processes;
    private volatile boolean killed;

    /** Why a script does not run to its end. */
    record Stop(StepOutcome.End end, String reason, Duration grace) {}

    ShellRun(ShellConfig config, Surroundings surroundings, StepRequest request, StepListener listener) {
        this.config = config;
        this.surroundings = surroundings;
        this.request = request;
        this.listener = new UntilKilled(listener);
        this.output = new ScriptOutput(this.listener);
    }

    void stop(Stop why) {
        stop.complete(why);
    }

    /** Kills the group at once; {@link #run} ends the rest. */
    void kill(String reason) {
        killed = true;
        stop.complete(new Stop(StepOutcome.End.CANCELLED, reason, Duration.ZERO));
        var running = processes;
        if (running != null) {
            running.kill();
        }
    }

    StepOutcome run() {
        var bash = Executables.find("bash", config.path());
        if (bash.isEmpty()) {
            return StepOutcome.notStarted("bash was not found on the PATH (" + config.path()
                    + "); install the package bash in the agent's image, or on this machine");
        }
        StepFolder folder;
        try {
            folder = StepFolder.create(config.workspace(), request.task(), request.attempt(), request.script());
        } catch (IOException e) {
            return StepOutcome.notStarted("no folder could be made for the step below " + config.workspace() + " ("
                    + e + "); check that the agent's workspace is there, writable and not full");
        }
        try {
            return run(bash.get(), folder, prepare(folder));
        } catch (IOException e) {
            return StepOutcome.notStarted("the last checkpoint could not be restored: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return StepOutcome.notStarted("the agent was interrupted");
        } finally {
            remove(folder);
        }
    }

    /** Whether the script goes on from a checkpoint. */
    private boolean prepare(StepFolder folder) throws IOException {
        var checkpoint = request.preparation().prepare();
        if (checkpoint.isPresent()) {
            Files.write(folder.checkpoint(), checkpoint.get().bytes());
        }
        return checkpoint.isPresent();
    }

    private StepOutcome run(Path bash, StepFolder folder, boolean resumes) throws InterruptedException {
        var setsid = Executables.find("setsid", config.path());
        var command = new ArrayList<String>();
        setsid.ifPresent(path -> command.add(path.toString()));
        Process process;
        try {
            command.addAll(surroundings.isolation()
                    .wrap(List.of(bash.toString(), folder.script().toString()), folder.work(), folder.root()));
            var builder = new ProcessBuilder(command).directory(folder.work().toFile())
                    .redirectInput(new File("/dev/null"));
            builder.environment().clear();
            builder.environment().putAll(ScriptEnvironment.of(config, surroundings.verbs(), request, folder, resumes));
            process = builder.start();
        } catch (IOException | IllegalArgumentException e) {
            return StepOutcome.notStarted("the script could not be started: " + e.getMessage());
        }
        if (!surroundings.note().isEmpty()) {
            say(surroundings.note());
        }
        var started = new StepProcesses(process, setsid.isPresent(), folder.marker());
        processes = started;
        if (killed) {
            started.kill();
        }
        var out = OutputReader.start(process.getInputStream(), request.task() + "-out", output::standardOutput);
        var err = OutputReader.start(process.getErrorStream(), request.task() + "-err", output::standardError);
        var why = await(process);
        if (why != null) {
            started.terminate(why.grace());
        }
        int strays = started.killAll();
        int exit = process.waitFor();
        if (!out.await(LAST_OUTPUT) | !err.await(LAST_OUTPUT)) {
            say("something outside the step still holds its output; what it writes from now on is not shown");
        }
        if (strays > 0 && why == null) {
            say("the script left " + strays + " processes behind; they were ended");
        }
        return outcome(exit, why, folder);
    }

    /** Waits for the process, a limit or somebody's wish; null: the process has ended by itself. */
    private @Nullable Stop await(Process process) throws InterruptedException {
        var either = CompletableFuture.anyOf(process.onExit(), stop);
        var pulse = request.limits().pulse();
        pulse.beat();
        long started = System.nanoTime();
        while (true) {
            var run = request.limits().run();
            var left = run == null ? null : run.minusNanos(System.nanoTime() - started);
            if (run != null && left != null && left.compareTo(Duration.ZERO) <= 0) {
                return timedOut("it ran longer than its timeout of " + seconds(run));
            }
            var silence = pulse.left();
            if (silence != null && silence.isZero()) {
                return timedOut("it wrote no line, reported no progress and took no checkpoint for "
                        + seconds(pulse.limit()) + ", its heartbeat timeout");
            }
            if (await(either, left, silence)) {
                return stop.isDone() && (killed || process.isAlive()) ? stop.join() : null;
            }
        }
    }

    /** Waits for the shorter time at most; false: it is over. */
    private static boolean await(CompletableFuture<Object> future, @Nullable Duration one, @Nullable Duration other)
            throws InterruptedException {
        var limit = one == null || other != null && other.compareTo(one) < 0 ? other : one;
        try {
            if (limit == null) {
                future.get();
            } else {
                future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Stop timedOut(String reason) {
        return new Stop(StepOutcome.End.TIMED_OUT, reason, request.limits().grace());
    }

    private StepOutcome outcome(int exit, @Nullable Stop why, StepFolder folder) {
        var result = output.result();
        var problem = "";
        if (Files.isRegularFile(folder.result())) {
            try {
                result = BoundedResult.read(folder.result());
            } catch (IOException e) {
                problem = "the result file could not be read: " + e.getMessage();
            }
        }
        var end = why != null
                ? why.end()
                : exit == 0 && problem.isEmpty() ? StepOutcome.End.SUCCEEDED : StepOutcome.End.FAILED;
        var message = why != null ? why.reason() : exit != 0 ? failure(exit, folder) : problem;
        return new StepOutcome(end, exit, result.value(), result.truncated(),
                Duration.ofNanos(System.nanoTime() - begin), message);
    }

    private String failure(int exit, StepFolder folder) {
        // bash names the script's file; its folder is gone when a person reads this.
        var line = output.lastErrorLine().replace(folder.script() + ": ", "");
        var sentence = "exit code " + exit + (line.isEmpty() ? "" : ": " + line);
        return exit == NOT_FOUND && line.endsWith("not found")
                ? sentence + "; install that command in the agent's image, or on this machine"
                : sentence;
    }

    private static String seconds(@Nullable Duration duration) {
        return duration == null ? "" : duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    private void remove(StepFolder folder) {
        try {
            folder.remove();
        } catch (IOException e) {
            say("the step's folder " + folder.root() + " could not be removed: " + e);
        }
    }

    private void say(String sentence) {
        listener.lines(List.of(StepLog.said(sentence)));
    }

    /** After a kill there is nobody who hears; the agent may be gone, and its event loop with it. */
    private final class UntilKilled implements StepListener {
        private final StepListener listener;

        UntilKilled(StepListener listener) {
            this.listener = listener;
        }

        @Override
        public void lines(List<String> lines) {
            request.limits().pulse().beat();
            if (!killed) {
                listener.lines(lines);
            }
        }

        @Override
        public void progress(int percent, String message) {
            if (!killed) {
                listener.progress(percent, message);
            }
        }
    }
}
