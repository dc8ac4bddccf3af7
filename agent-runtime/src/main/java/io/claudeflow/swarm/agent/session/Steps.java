package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.agent.executor.StepExecutor;
import io.claudeflow.swarm.agent.executor.StepOutcome;
import io.claudeflow.swarm.agent.executor.StepRun;
import io.claudeflow.swarm.kit.trace.Span;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.kit.trace.Tracer;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.CancelStep;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.StepResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's steps: starts what the table admits and says what became of it. A result is kept, and said again to every leader
 * that welcomes the agent, until it is acknowledged. One context.
 */
final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);
    /** The one executor of this release. */
    private static final String SHELL = "shell";

    private final Context context;
    private final StepExecutor shell;
    private final Tracer tracer;
    private final Predicate<AgentFrame> out;
    private final StepTable<Running> table = new StepTable<>();
    private final List<AgentFrame> handBacks = new ArrayList<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private volatile int count;
    private boolean draining;

    private static final class Running {
        private final StepRun run;
        private final boolean fenceKills;
        private boolean handedBack;

        Running(StepRun run, boolean fenceKills) {
            this.run = run;
            this.fenceKills = fenceKills;
        }
    }

    private record Waiter(BooleanSupplier condition, Promise<Void> reached) {}

    /** @param out sends a frame; false: there is no session at the moment, and the frame was dropped */
    Steps(Context context, StepExecutor shell, Tracer tracer, Predicate<AgentFrame> out) {
        this.context = context;
        this.shell = shell;
        this.tracer = tracer;
        this.out = out;
    }

    void assign(Assign assign, String agent, int most) {
        var step = assign.getStep();
        switch (table.assign(step, most, draining)) {
            case StepTable.Decision.Runs() -> say(Frames.accept(step));
            case StepTable.Decision.Ended(StepResult result) -> say(Frames.result(result));
            case StepTable.Decision.GivenBack() -> say(Frames.handBack(step));
            case StepTable.Decision.Refuse(String reason) -> {
                LOG.atInfo()
                        .addKeyValue("task", assign.getName())
                        .addKeyValue("attempt", step.getAttempt())
                        .addKeyValue("reason", reason)
                        .log("step rejected");
                say(Frames.reject(step, reason));
            }
            case StepTable.Decision.Start(List<Step> replaced) -> {
                replaced.forEach(older -> discard(older, "a newer attempt replaces it"));
                if (assign.getExecutor().isEmpty() || assign.getExecutor().equals(SHELL)) {
                    start(assign, agent);
                } else {
                    end(step, Frames.withoutRun(step, Outcome.NOT_STARTED, "executor: '" + assign.getExecutor()
                            + "' is not known to this agent; allowed is " + SHELL));
                }
            }
        }
    }

    private void start(Assign assign, String agent) {
        var step = assign.getStep();
        say(Frames.accept(step));
        LOG.atInfo().addKeyValue("task", assign.getName()).addKeyValue("attempt", step.getAttempt()).log("step starts");
        var reports = new StepReports(context, step, assign.getName(), this::say);
        var span = tracer.start("run step", TraceContext.parse(assign.getTraceparent()),
                Map.of("swarm.task", assign.getName(), "swarm.namespace", assign.getNamespace(), "swarm.agent", agent,
                        "swarm.attempt", Integer.toString(step.getAttempt())));
        var request = Frames.request(assign, agent, span.context());
        var running = new Running(shell.start(request, reports), assign.getFenceKills());
        table.started(step, running);
        changed();
        running.run.outcome().onComplete(ended -> {
            reports.end();
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
            if (table.running(step).filter(known -> known == running).isPresent()) {
                ended(step, running.handedBack, outcome);
            }
        });
    }

    private static void finish(Span span, StepOutcome outcome) {
        if (outcome.end() == StepOutcome.End.SUCCEEDED) {
            span.end();
        } else {
            span.fail(outcome.end() + ", exit code " + outcome.exitCode() + ": " + outcome.message());
        }
    }

    /** A fenced step ends as cancelled; nobody has cancelled the task, so the ledger counts it as lost. */
    private void ended(Step step, boolean handedBack, StepOutcome outcome) {
        if (handedBack && outcome.end() == StepOutcome.End.CANCELLED) {
            table.handedBack(step);
            var handBack = Frames.handBack(step);
            if (!out.test(handBack)) {
                handBacks.add(handBack);
            }
            changed();
        } else {
            end(step, Frames.result(step, outcome));
        }
    }

    private void end(Step step, StepResult result) {
        table.ended(step, result);
        say(Frames.result(result));
        changed();
    }

    void cancel(CancelStep cancel) {
        var step = cancel.getStep();
        var running = table.running(step);
        var result = table.result(step);
        if (running.isPresent()) {
            running.get().run.cancel(cancel.getReason(), Duration.ofMillis(cancel.getGraceMillis()));
        } else if (result.isPresent()) {
            say(Frames.result(result.get()));
        } else if (!table.done(step)) {
            // The assignment never came here; the cancellation is answered all the same.
            end(step, Frames.withoutRun(step, Outcome.CANCELLED, cancel.getReason()));
        }
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
            running.run.kill(reason);
            changed();
        }
    }

    /** A leader has welcomed the agent: it hears what waits for it, results first, and what runs. */
    void welcomed() {
        table.unacknowledged().forEach(result -> say(Frames.result(result)));
        handBacks.removeIf(out);
        table.running().keySet().forEach(step -> say(Frames.accept(step)));
        changed();
    }

    /** No lease any more: kills what must not run twice. */
    void fence() {
        table.running()
                .values()
                .stream()
                .filter(running -> running.fenceKills)
                .forEach(running -> running.run
                        .kill("the agent lost its lease and killed the step, which must not run twice"));
    }

    /** No new steps from now on. */
    void drain() {
        draining = true;
    }

    /** Ends what runs and gives it back; what ends by itself meanwhile is reported. */
    void handBack(Duration grace) {
        table.running().forEach((_, running) -> {
            running.handedBack = true;
            running.run.cancel("the agent is draining", grace);
        });
    }

    void killAll(String reason) {
        table.running().values().forEach(running -> running.run.kill(reason));
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
        return when(() -> table.idle() && table.unacknowledged().isEmpty() && handBacks.isEmpty());
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
        // Dropped without a session; results, hand-backs and acceptances are said again when there is one.
        var _ = out.test(frame);
    }
}
