package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.agent.executor.StepListener;
import io.claudeflow.swarm.agent.executor.StepLog;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a running step says, brought to the agent's context: its lines to the log; its progress to the hive-mind, of several
 * reports within {@value #SAMPLE} ms the last.
 */
final class StepReports implements StepListener {
    static final long SAMPLE = 200;

    private final Context context;
    private final Step step;
    private final StepLog log;
    private final Consumer<AgentFrame> out;
    private final AtomicReference<@Nullable Report> latest = new AtomicReference<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile int percent;
    private long number;

    private record Report(int percent, String message) {}

    /** @param percent what a former attempt reported last, else 0 */
    StepReports(Context context, Step step, String task, int percent, Consumer<AgentFrame> out) {
        this.context = context;
        this.step = step;
        this.log = new StepLog(context, task, step.getAttempt());
        this.out = out;
        this.percent = percent;
    }

    /** What was reported last, by this attempt or one before. Any thread. */
    int percent() {
        return percent;
    }

    @Override
    public void lines(List<String> lines) {
        log.lines(lines);
    }

    @Override
    public void progress(int now, String message) {
        if (now >= 0) {
            percent = now;
        }
        latest.set(new Report(now, message));
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(_ -> send());
        }
    }

    private void send() {
        sendLatest();
        context.owner().setTimer(SAMPLE, _ -> {
            scheduled.set(false);
            if (latest.get() != null && scheduled.compareAndSet(false, true)) {
                send();
            }
        });
    }

    private void sendLatest() {
        var report = latest.getAndSet(null);
        if (report != null) {
            number++;
            out.accept(Frames.progress(step, number, report.percent(), report.message()));
        }
    }

    /** The step has ended: what waits is sent. On the context. */
    void end() {
        sendLatest();
        log.end();
    }
}
