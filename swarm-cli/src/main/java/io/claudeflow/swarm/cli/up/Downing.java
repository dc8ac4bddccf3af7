package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.console.Age;
import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.cli.local.DataDirectory;
import io.claudeflow.swarm.cli.local.RunRecord;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends the process of a local swarm: first by asking it, at last by force. */
public final class Downing {
    private static final Duration FORCED = Duration.ofSeconds(10);

    private final DataDirectory data;
    private final Terminal terminal;

    public Downing(DataDirectory data, Terminal terminal) {
        this.data = data;
        this.terminal = terminal;
    }

    /** Blocks until it has ended. */
    public void run(Duration patience) throws InterruptedException {
        var process = RunRecord.running(data.runRecord())
                .flatMap(RunRecord::process)
                .orElseThrow(() -> new SwarmException(ErrorCode.UNAVAILABLE, "no local swarm runs in " + data.path()));
        long begin = System.nanoTime();
        end(process, patience);
        terminal.line("the swarm in " + data.path() + " has stopped after "
                + Age.waited(Duration.ofNanos(System.nanoTime() - begin))
                + "; its state is kept, start it again with: swarm up"
                + data.option());
    }

    /** Asks the process to end, and ends it by force when it does not in time. */
    void end(ProcessHandle process, Duration patience) throws InterruptedException {
        process.destroy();
        if (!ended(process, patience)) {
            terminal.say("swarm: process " + process.pid() + " did not stop within " + patience.toSeconds()
                    + " s and is killed; nothing that was acknowledged is lost");
            process.destroyForcibly();
            if (!ended(process, FORCED)) {
                throw new SwarmException(ErrorCode.INTERNAL, "process " + process.pid()
                        + " cannot be ended; look at it with: ps -p " + process.pid());
            }
        }
    }

    private static boolean ended(ProcessHandle process, Duration patience) throws InterruptedException {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
