package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.TailTasks;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ledger's changes without end, on a virtual thread of its own. A question that waits at a leader that has changed is
 * given up at once.
 */
public final class TaskTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTail.class);
    private static final int LARGEST = 256;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Hivemind hivemind;
    private final TaskStates states;
    private final Object monitor = new Object();
    private @Nullable Promise<HivemindReply> asked;
    private boolean leaderChanged;
    private @Nullable Thread thread;

    public TaskTail(Hivemind hivemind, TaskStates states) {
        this.hivemind = hivemind;
        this.states = states;
    }

    public void start(ThreadFactory threads) {
        var running = threads.newThread(this::run);
        thread = running;
        running.start();
    }

    /** Another leader was heard: what waits at the former one is given up. */
    public void leaderChanged() {
        Promise<HivemindReply> outstanding;
        synchronized (monitor) {
            leaderChanged = true;
            monitor.notifyAll();
            outstanding = asked;
        }
        if (outstanding != null) {
            outstanding.tryFail(new SwarmException(ErrorCode.UNAVAILABLE, "the hive-mind has another leader"));
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    read();
                } catch (SwarmException e) {
                    LOG.atDebug().setCause(e).log("tail interrupted");
                    pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        Promise<HivemindReply> promise = Promise.promise();
        synchronized (monitor) {
            asked = promise;
            leaderChanged = false;
        }
        var command = new TailTasks(states.position(), LARGEST, LONGEST);
        hivemind.once(Outward.TAIL, command, LONGEST.plus(GRACE))
                .onSuccess(promise::tryComplete)
                .onFailure(promise::tryFail);
        switch (promise.future().await()) {
            case HivemindReply.TaskPage page -> states.heard(page);
            case HivemindReply.Resync _ -> states.resync();
            case HivemindReply.StaleEpoch _ -> states.resync();
            case HivemindReply other -> throw new SwarmException(ErrorCode.UNAVAILABLE,
                    "no tail from there: " + other);
        }
    }

    private void pause() throws InterruptedException {
        synchronized (monitor) {
            if (!leaderChanged) {
                monitor.wait(PAUSE.toMillis());
            }
        }
    }

    @Override
    public void close() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
