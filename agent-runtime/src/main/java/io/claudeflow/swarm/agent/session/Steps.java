package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.agent.executor.StepOutcome;
import io.claudeflow.swarm.kit.trace.Span;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.CancelStep;
import io.claudeflow.swarm.mesh.agent.v1.CheckpointAck;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.TaskSubmitted;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's steps: starts what the table admits and says what became of it. A result or a hand-back is kept, and said again to
 * every leader that welcomes the agent, until it is acknowledged. One context.
 */
final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);
    /** The one executor of this release. */
    private static final String SHELL = "shell";

    private final Context context;
    private final StepTools tools;
    private final boolean once;
    private final SessionCounts counts;
    private final Predicate<AgentFrame> out;
    private final StepTable<RunningStep> table = new StepTable<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private Future<?> lastRun = Future.succeededFuture();
    private volatile int count;
    private boolean taken;
    private boolean draining;

    private record Waiter(BooleanSupplier condition, Promise<Void> reached) {}

    /**
     * @param once takes one step and no other
     * @param out  sends a frame; false: there is no session at the moment, and the frame was dropped
     */
    Steps(Context context, StepTools tools, boolean once, SessionCounts counts, Predicate<AgentFrame> out) {
        this.context = context;
        this.tools = tools;
        this.once = once;
        this.counts = counts;
        this.out = out;
    }

    void assign(Assign assign, String agent, int most) {
        var step = assign.getStep();
        switch (table.assign(step, most, draining)) {
            case StepTable.Decision.Runs() -> say(Frames.accept(step));
            case StepTable.Decision.Ended(List<AgentFrame> words) -> words.forEach(this::say);
            case StepTable.Decision.GivenBack() -> say(Frames.handBack(step));
            case StepTable.Decision.Refuse(String reason) -> reject(assign, reason);
            case StepTable.Decision.Start(List<Step> replaced) -> {
                if (once && taken) {
                    reject(assign, "the agent was started for one step, and has taken it");
                    return;
                }
                taken = true;
                replaced.forEach(older -> discard(older, "a newer attempt replaces it"));
                start(assign, agent);
            }
        }
    }

    private void reject(Assign assign, String reason) {
        LOG.atInfo()
                .addKeyValue("task", assign.getName())
                .addKeyValue("attempt", assign.getStep().getAttempt())
                .addKeyValue("reason", reason)
                .log("step rejected");
        say(Frames.reject(assign.getStep(), reason));
    }

    private void start(Assign assign, String agent) {
        var step = assign.getStep();
        if (!assign.getExecutor().isEmpty() && !assign.getExecutor().equals(SHELL)) {
            notStarted(step, "executor: '" + assign.getExecutor() + "' is not known to this agent; allowed is "
                    + SHELL);
            return;
        }
        var span = tools.tracer()
                .start("run step", TraceContext.parse(assign.getTraceparent()),
                        Map.of("swarm.task", assign.getName(), "swarm.namespace", assign.getNamespace(), "swarm.agent",
                                agent, "swarm.attempt", Integer.toString(step.getAttempt())));
        RunningStep running;
        try {
            running = new RunningStep(context, tools, assign, agent, span.context(), this::say, counts);
        } catch (IllegalArgumentException e) {
            span.fail(String.valueOf(e.getMessage()));
            notStarted(step, "checkpoint: " + e.getMessage());
            return;
        }
        say(Frames.accept(step));
        LOG.atInfo().addKeyValue("task", assign.getName()).addKeyValue("attempt", step.getAttempt()).log("step starts");
        table.started(step, running);
        lastRun = running.outcome();
        changed();
        running.outcome().onComplete(ended -> {
            running.over();
            var outcome = ended.succeeded()
                    ? ended.result()
                    : StepOutcome.notStarted("a defect of the agent ended the step: " + ended.cause());
            LOG.atInfo()
                    .addKeyValue("task", assign.getName())
                    .addKeyValue("attempt", step.getAttempt())
                    .addKeyValue("outcome", outcome.end())
                    .addKeyValue("exitCode", outcome.exitCode())
                    .addKeyValue("ms", outcome.duration().toMillis())
                    .log("step ended");
            finish(span, outcome);
            if (isRunning(step, running)) {
                ended(step, running, outcome);
            }
        });
    }

    private boolean isRunning(Step step, RunningStep running) {
        return table.running(step).filter(known -> known == running).isPresent();
    }

    private static void finish(Span span, StepOutcome outcome) {
        if (outcome.end() == StepOutcome.End.SUCCEEDED) {
            span.end();
        } else {
            span.fail(outcome.end() + ", exit code " + outcome.exitCode() + ": " + outcome.message());
        }
    }

    /** A fenced step ends as cancelled; nobody has cancelled the task, so the ledger counts it as lost. */
    private void ended(Step step, RunningStep running, StepOutcome outcome) {
        if (!running.isHandBack(outcome)) {
            end(step, Stream.concat(running.end().stream(), Stream.of(Frames.result(Frames.result(step, outcome)))));
            return;
        }
        running.lastCheckpointSaid().onComplete(_ -> {
            if (isRunning(step, running)) {
                table.handedBack(step,
                        Stream.concat(running.end().stream(), Stream.of(Frames.handBack(step))).toList());
                sayEnd(step);
            }
        });
    }

    private void notStarted(Step step, String reason) {
        say(Frames.accept(step));
        end(step, Stream.of(Frames.result(Frames.withoutRun(step, Outcome.NOT_STARTED, reason))));
    }

    private void end(Step step, Stream<AgentFrame> words) {
        table.ended(step, words.toList());
        sayEnd(step);
    }

    /** The result or the hand-back alone: a checkpoint that is still open was said before, to this leader too. */
    private void sayEnd(Step step) {
        say(table.words(step).getLast());
        changed();
    }

    void cancel(CancelStep cancel) {
        var step = cancel.getStep();
        var running = table.running(step);
        var words = table.words(step);
        if (running.isPresent()) {
            running.get().cancel(cancel.getReason(), Duration.ofMillis(cancel.getGraceMillis()));
        } else if (!words.isEmpty()) {
            words.forEach(this::say);
        } else if (!table.done(step)) {
            // The assignment never came here; the cancellation is answered all the same.
            taken = true;
            end(step, Stream.of(Frames.result(Frames.withoutRun(step, Outcome.CANCELLED, cancel.getReason()))));
        }
    }

    void checkpointed(CheckpointAck ack) {
        table.running(ack.getStep()).ifPresent(running -> running.checkpointed(ack.getNumber()));
    }

    void submitted(TaskSubmitted answer) {
        table.running(answer.getStep()).ifPresent(running -> running.submitted(answer));
    }

    void acknowledged(ResultAck ack) {
        if (ack.getVerdict() == ResultAck.Verdict.FENCED && table.running(ack.getStep()).isPresent()) {
            discard(ack.getStep(), "another attempt took its place");
        }
        table.acknowledged(ack.getStep());
        changed();
    }

    private void discard(Step step, String reason) {
        var running = table.forget(step);
        if (running != null) {
            LOG.atInfo()
                    .addKeyValue("taskUid", step.getTaskUid())
                    .addKeyValue("attempt", step.getAttempt())
                    .addKeyValue("reason", reason)
                    .log("step discarded");
            running.fenced(reason);
            running.kill(reason);
            changed();
        }
    }

    /** A leader has welcomed the agent: it hears what waits for it, results first, and what runs. */
    void welcomed() {
        table.unacknowledged().forEach(this::say);
        table.running().forEach((step, running) -> {
            say(Frames.accept(step));
            running.sayAgain();
        });
        changed();
    }

    /** No lease any more: kills what must not run twice. */
    void fence() {
        table.running()
                .values()
                .stream()
                .filter(RunningStep::fenceKills)
                .forEach(running -> running.kill("the agent lost its lease and killed the step, which must not run"
                        + " twice"));
    }

    /** No new steps from now on. */
    void drain() {
        draining = true;
    }

    /** Ends what runs and gives it back; what ends by itself meanwhile is reported. */
    void handBack(Duration grace) {
        table.running().values().forEach(running -> running.handBack("the agent is draining", grace));
    }

    void killAll(String reason) {
        table.running().values().forEach(running -> running.kill(reason));
    }

    List<Step> running() {
        return List.copyOf(table.running().keySet());
    }

    /** How many run. Any thread. */
    int count() {
        return count;
    }

    /** Completes when nothing runs. */
    Future<Void> idle() {
        return when(table::idle);
    }

    /** Completes when nothing runs and everything is said and acknowledged. */
    Future<Void> settled() {
        return when(() -> table.idle() && table.unacknowledged().isEmpty());
    }

    /** Completes when a step was taken and is settled, and nothing of it runs any more. */
    Future<Void> done() {
        return when(() -> taken && table.idle() && table.unacknowledged().isEmpty())
                .compose(_ -> lastRun.transform(_ -> Future.succeededFuture()));
    }

    private Future<Void> when(BooleanSupplier condition) {
        Promise<Void> reached = Promise.promise();
        waiters.add(new Waiter(condition, reached));
        changed();
        return reached.future();
    }

    private void changed() {
        count = table.count();
        var now = waiters.stream().filter(waiter -> waiter.condition().getAsBoolean()).toList();
        waiters.removeAll(now);
        now.forEach(waiter -> waiter.reached().tryComplete());
    }

    private void say(AgentFrame frame) {
        // Dropped without a session; results, hand-backs, checkpoints and acceptances are said again when there is one.
        var _ = out.test(frame);
    }
}
