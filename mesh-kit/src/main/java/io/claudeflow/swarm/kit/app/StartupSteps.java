package io.claudeflow.swarm.kit.app;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link Application} as a list that one can read: named steps, started in order, stopped in reverse with one deadline for
 * all, and health from where they stand.
 *
 * <p>A step that fails to start stops those before it and fails the start with the step's name. A step that fails to stop is
 * logged and does not keep the others from stopping.
 */
public final class StartupSteps implements Application {
    private static final Logger LOG = LoggerFactory.getLogger(StartupSteps.class);
    /** How long the steps before a failed one get to stop. */
    private static final Duration ROLLBACK = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final String service;
    private final List<Step> steps;
    private final Promise<Void> ended = Promise.promise();
    private final List<Step> started = new ArrayList<>();
    private volatile State state = State.NEW;
    private volatile int reached;
    private volatile @Nullable Throwable failure;
    private @Nullable Future<Void> stopping;

    private StartupSteps(Vertx vertx, String service, List<Step> steps) {
        this.vertx = vertx;
        this.service = service;
        this.steps = List.copyOf(steps);
    }

    /** A list of steps for the service of that name. */
    public static Builder of(Vertx vertx, String service) {
        return new Builder(vertx, service);
    }

    @Override
    public Future<Void> start() {
        if (state != State.NEW) {
            return Future.failedFuture(new IllegalStateException(service + " was started before"));
        }
        state = State.STARTING;
        Future<Void> chain = Future.succeededFuture();
        for (var step : steps) {
            chain = chain.compose(_ -> run(step));
        }
        return chain.onSuccess(_ -> {
            if (state == State.STARTING) {
                state = State.STARTED;
            }
        }).recover(cause -> {
            failure = cause;
            return stop(ROLLBACK).transform(_ -> Future.failedFuture(cause));
        });
    }

    private Future<Void> run(Step step) {
        if (state != State.STARTING) {
            return Future.failedFuture(new IllegalStateException(service + " was stopped while it started"));
        }
        long begin = System.nanoTime();
        return attempt(step.start()).onSuccess(_ -> {
            started.add(step);
            reached++;
            LOG.atDebug()
                    .addKeyValue("service", service)
                    .addKeyValue("step", step.name())
                    .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
                    .log("step started");
        })
                .recover(cause -> Future.failedFuture(
                        new StepFailed(service + ": step '" + step.name() + "' failed: " + cause.getMessage(), cause)));
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        if (stopping != null) {
            return stopping;
        }
        state = State.STOPPING;
        long end = System.nanoTime() + deadline.toNanos();
        Future<Void> chain = Future.succeededFuture();
        for (var step : started.reversed()) {
            chain = chain.compose(_ -> stop(step, end));
        }
        stopping = chain.onComplete(_ -> {
            state = State.STOPPED;
            ended.tryComplete();
        });
        return stopping;
    }

    private Future<Void> stop(Step step, long end) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        Duration remaining = Duration.ofMillis(Math.max(0, left));
        Future<Void> stopped = attempt(() -> step.stop().apply(remaining));
        if (!stopped.isComplete() && !remaining.isZero()) {
            stopped = stopped.timeout(remaining.toMillis(), TimeUnit.MILLISECONDS);
        } else if (!stopped.isComplete()) {
            return Future.succeededFuture();
        }
        return stopped.recover(cause -> {
            LOG.atWarn()
                    .addKeyValue("service", service)
                    .addKeyValue("step", step.name())
                    .setCause(cause)
                    .log("step did not stop cleanly");
            return Future.succeededFuture();
        });
    }

    private static Future<Void> attempt(Supplier<Future<Void>> action) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<Void> ended() {
        return ended.future();
    }

    /** Says that the service cannot go on: {@link #ended} fails with that cause. Any thread. */
    public void fail(Throwable cause) {
        failure = cause;
        ended.tryFail(cause);
    }

    /** Says that the service's work is done: {@link #ended} completes. Any thread. */
    public void complete() {
        ended.tryComplete();
    }

    @Override
    public Health health() {
        var parts = new LinkedHashMap<String, String>();
        boolean ready = state == State.STARTED;
        int index = 0;
        for (var step : steps) {
            boolean serves = index < reached && step.ready().getAsBoolean();
            parts.put(step.name(), serves ? "started" : index < reached ? "not ready" : "starting");
            ready &= serves;
            index++;
        }
        var cause = failure;
        if (cause != null) {
            parts.put("failure", String.valueOf(cause.getMessage()));
        }
        return new Health(cause == null, ready && cause == null, parts);
    }

    /** The Vert.x instance that the steps run on. */
    public Vertx vertx() {
        return vertx;
    }

    private enum State {
        NEW, STARTING, STARTED, STOPPING, STOPPED
    }

    private record Step(String name, Supplier<Future<Void>> start, Function<Duration, Future<Void>> stop,
            BooleanSupplier ready) {}

    /** A start-up step that failed; the message names it. */
    public static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Collects steps in start order. */
    public static final class Builder {
        private final Vertx vertx;
        private final String service;
        private final List<Step> steps = new ArrayList<>();

        private Builder(Vertx vertx, String service) {
            this.vertx = vertx;
            this.service = service;
        }

        /** A step that serves as soon as it has started; {@code stop} gets what is left of the deadline. */
        public Builder step(String name, Supplier<Future<Void>> start, Function<Duration, Future<Void>> stop) {
            return step(name, start, stop, () -> true);
        }

        /** A step that also says whether it serves at the moment; {@code ready} is asked on any thread. */
        public Builder step(String name, Supplier<Future<Void>> start, Function<Duration, Future<Void>> stop,
                BooleanSupplier ready) {
            steps.add(new Step(name, start, stop, ready));
            return this;
        }

        public StartupSteps build() {
            return new StartupSteps(vertx, service, steps);
        }
    }
}
