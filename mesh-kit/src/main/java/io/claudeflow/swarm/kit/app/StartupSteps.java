package io.claudeflow.swarm.kit.app;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
 * <p>A step that fails to start cleans up after itself; those before it are stopped, and the start fails with the step's name.
 * A step that fails to stop is logged and does not keep the others from stopping. A stop that comes while a step is starting
 * gives that step half of the deadline to finish, then stops it as it is.
 */
public final class StartupSteps implements Application {
    private static final Logger LOG = LoggerFactory.getLogger(StartupSteps.class);
    /** How long the steps before a failed one get to stop. */
    private static final Duration ROLLBACK = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final String service;
    private final List<Step> steps;
    private final Promise<Void> ended = Promise.promise();
    /** Guarded by this: steps that have to be stopped, in start order; the last one may still be starting. */
    private final List<Step> begun = new ArrayList<>();
    private volatile State state = State.NEW;
    private volatile int reached;
    private volatile @Nullable Throwable failure;
    private Future<Void> inFlight = Future.succeededFuture();
    private @Nullable Promise<Void> stopping;

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
        synchronized (this) {
            if (state != State.NEW) {
                return Future.failedFuture(new IllegalStateException(service + " was started or stopped before"));
            }
            state = State.STARTING;
        }
        Future<Void> chain = Future.succeededFuture();
        for (var step : steps) {
            chain = chain.compose(_ -> run(step));
        }
        return chain.compose(_ -> started()).recover(cause -> {
            if (state == State.STARTING) {
                failure = cause;
            }
            return stop(ROLLBACK).transform(_ -> Future.failedFuture(cause));
        });
    }

    private synchronized Future<Void> started() {
        if (state != State.STARTING) {
            return stopped();
        }
        state = State.STARTED;
        return Future.succeededFuture();
    }

    private Future<Void> stopped() {
        return Future.failedFuture(new IllegalStateException(service + " was stopped while it started"));
    }

    private Future<Void> run(Step step) {
        Promise<Void> running = Promise.promise();
        synchronized (this) {
            if (state != State.STARTING) {
                return stopped();
            }
            begun.add(step);
            inFlight = running.future();
        }
        long begin = System.nanoTime();
        return attempt(step.start()).onSuccess(_ -> {
            reached++;
            LOG.atDebug()
                    .addKeyValue("service", service)
                    .addKeyValue("step", step.name())
                    .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
                    .log("step started");
        })
                .onFailure(_ -> forget(step))
                .onComplete(_ -> running.complete())
                .recover(cause -> Future.failedFuture(
                        new StepFailed(service + ": step '" + step.name() + "' failed: " + cause.getMessage(), cause)));
    }

    private synchronized void forget(Step step) {
        begun.remove(step);
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        Promise<Void> done = Promise.promise();
        Future<Void> starting;
        synchronized (this) {
            if (stopping != null) {
                return stopping.future();
            }
            stopping = done;
            state = State.STOPPING;
            starting = inFlight;
        }
        long end = System.nanoTime() + deadline.toNanos();
        settled(starting, deadline.dividedBy(2)).compose(_ -> stopBegun(end, deadline.isZero())).onComplete(_ -> {
            reached = 0;
            state = State.STOPPED;
            ended.tryComplete();
            done.complete();
        });
        return done.future();
    }

    /** Completes when the step has started, or has had its time. */
    private static Future<Void> settled(Future<Void> starting, Duration limit) {
        return starting.isComplete() || limit.isZero()
                ? Future.succeededFuture()
                : starting.timeout(limit.toNanos(), TimeUnit.NANOSECONDS).otherwiseEmpty();
    }

    private Future<Void> stopBegun(long end, boolean kill) {
        List<Step> toStop;
        synchronized (this) {
            toStop = List.copyOf(begun).reversed();
            begun.clear();
        }
        Future<Void> chain = Future.succeededFuture();
        for (var step : toStop) {
            chain = chain.compose(_ -> stop(step, end, kill));
        }
        return chain;
    }

    private Future<Void> stop(Step step, long end, boolean kill) {
        var remaining = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        Future<Void> stopped = attempt(() -> step.stop().apply(remaining));
        if (!stopped.isComplete()) {
            stopped = remaining.isZero()
                    ? Future.failedFuture(new TimeoutException("the deadline was over"))
                    : stopped.timeout(remaining.toNanos(), TimeUnit.NANOSECONDS);
        }
        return stopped.recover(cause -> {
            if (!kill) {
                LOG.atWarn()
                        .addKeyValue("service", service)
                        .addKeyValue("step", step.name())
                        .setCause(cause)
                        .log("step did not stop cleanly");
            }
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
        var now = state;
        int serving = reached;
        boolean ready = now == State.STARTED;
        int index = 0;
        for (var step : steps) {
            boolean serves = index < serving && step.ready().getAsBoolean();
            var word = index < serving ? "not ready" : now == State.STOPPED ? "stopped" : "starting";
            parts.put(step.name(), serves ? "started" : word);
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
