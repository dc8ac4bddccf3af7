package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.AckTasks;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the ledger which final states stand in a status. What gathers while one command is under way goes with the next; what
 * could not be told is told again, since each task is kept here once at most.
 */
public final class Acknowledgements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);
    private static final int LARGEST = 512;

    private final Hivemind hivemind;
    private final TaskStates states;
    private final Map<String, Long> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
    private final Thread thread;

    public Acknowledgements(Hivemind hivemind, TaskStates states, ThreadFactory threads) {
        this.hivemind = hivemind;
        this.states = states;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** That state stands in the task's status. Returns at once. */
    public void add(String taskUid, long seq) {
        waiting.merge(taskUid, seq, Math::max);
        wake.offer(true);
    }

    private void run() {
        try {
            while (true) {
                wake.take();
                if (!tell()) {
                    Thread.sleep(200);
                    wake.offer(true);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tell() {
        while (!waiting.isEmpty()) {
            var acks = waiting.entrySet()
                    .stream()
                    .limit(LARGEST)
                    .map(entry -> new AckTasks.Ack(entry.getKey(), entry.getValue()))
                    .toList();
            try {
                hivemind.ask(Outward.TASK_STATUS_WRITTEN, new AckTasks(List.copyOf(acks)), TraceContext.root());
            } catch (SwarmException e) {
                LOG.atDebug().addKeyValue("tasks", acks.size()).setCause(e).log("not acknowledged yet");
                return false;
            }
            acks.forEach(ack -> {
                waiting.remove(ack.taskUid(), ack.seq());
                states.acknowledged(ack.taskUid(), ack.seq());
            });
        }
        return true;
    }

    /** Ends; what was not told is told by the next mesh operator. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
