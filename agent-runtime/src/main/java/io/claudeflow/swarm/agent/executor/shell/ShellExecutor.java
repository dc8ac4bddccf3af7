package io.claudeflow.swarm.agent.executor.shell;

import io.claudeflow.swarm.agent.executor.StepExecutor;
import io.claudeflow.swarm.agent.executor.StepListener;
import io.claudeflow.swarm.agent.executor.StepOutcome;
import io.claudeflow.swarm.agent.executor.StepRequest;
import io.claudeflow.swarm.agent.executor.StepRun;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs scripts with bash; how, the package says. */
public final class ShellExecutor implements StepExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(ShellExecutor.class);

    private final Vertx vertx;
    private final ShellConfig config;
    private volatile Surroundings surroundings;

    public ShellExecutor(Vertx vertx, ShellConfig config) {
        this(vertx, config, Surroundings.NONE);
    }

    ShellExecutor(Vertx vertx, ShellConfig config, Surroundings surroundings) {
        this.vertx = vertx;
        this.config = config;
        this.surroundings = surroundings;
    }

    /**
     * Makes the workspace with the command {@code swarm-agent}, and looks how scripts can see volumes at their paths.
     * Before the first start, else scripts have neither. Fails with Unavailable when the workspace cannot be written.
     */
    public Future<Void> prepare() {
        return vertx.executeBlocking(() -> {
            surroundings = Surroundings.prepare(config);
            return surroundings;
        }, false)
                .<Void>mapEmpty()
                .recover(cause -> Future.failedFuture(new SwarmException(ErrorCode.UNAVAILABLE,
                        "the workspace " + config.workspace() + " cannot be made (" + cause.getMessage()
                                + "); is its volume mounted and writable?",
                        cause)));
    }

    @Override
    public StepRun start(StepRequest request, StepListener listener) {
        var context = vertx.getOrCreateContext();
        Promise<StepOutcome> outcome = Promise.promise();
        var run = new ShellRun(config, surroundings, request, listener);
        Thread.ofVirtual().name("step-" + request.task() + "-" + request.attempt()).start(() -> {
            var ended = run(context, run, request);
            try {
                context.runOnContext(_ -> outcome.complete(ended));
            } catch (RejectedExecutionException closed) {
                // The agent was killed and its event loop is gone: nobody waits for the outcome.
            }
        });
        return new Started(run, outcome.future());
    }

    private static StepOutcome run(Context context, ShellRun run, StepRequest request) {
        try {
            return run.run();
        } catch (RuntimeException | LinkageError e) {
            context.runOnContext(
                    _ -> LOG.atError().addKeyValue("task", request.task()).setCause(e).log("a step ended by a defect"));
            return StepOutcome.notStarted("a defect of the agent ended the step: " + e);
        }
    }

    private record Started(ShellRun run, Future<StepOutcome> outcome) implements StepRun {
        @Override
        public void cancel(String reason, Duration grace) {
            run.stop(new ShellRun.Stop(StepOutcome.End.CANCELLED, reason, grace));
        }

        @Override
        public void kill(String reason) {
            run.kill(reason);
        }
    }
}
