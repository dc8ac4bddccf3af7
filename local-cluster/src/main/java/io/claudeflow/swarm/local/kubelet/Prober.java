package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.app.Health;
import io.claudeflow.swarm.local.kubelet.Checks.Check;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Probes one instance of a container: startup first, then readiness and liveness side by side. As long as a probe has not succeeded it
 * is asked every 50 ms instead of every period, so that nobody waits for a period on the way to ready; failures still count once per
 * period. An application in this JVM is asked itself instead of over the network.
 */
final class Prober implements AutoCloseable {
    private static final Duration EAGER = Duration.ofMillis(50);
    private static final int DEFAULT_PERIOD = 10;
    private static final int DEFAULT_FAILURES = 3;

    private final Container container;
    private final String podIp;
    private final RunningContainer running;
    private final Listener listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Told of what changes. Any thread. */
    interface Listener {
        /** The startup probe succeeded, or there is none. */
        void started();

        /** It serves, or no longer; then with the reason. */
        void ready(boolean ready, String reason);

        /** Startup or liveness failed for good: the container has to be restarted. */
        void unhealthy(String reason);

        /** A probe failed, for people to know. */
        void failed(String reason);
    }

    private Prober(Container container, String podIp, RunningContainer running, Listener listener) {
        this.container = container;
        this.podIp = podIp;
        this.running = running;
        this.listener = listener;
    }

    static Prober start(Container container, String podIp, RunningContainer running, Listener listener) {
        var prober = new Prober(container, podIp, running, listener);
        if (container.getStartupProbe() == null && container.getReadinessProbe() == null) {
            // Told at once, so that the first status already says ready.
            listener.started();
            listener.ready(true, "");
            prober.go(prober::liveness);
        } else {
            prober.go(prober::startup);
        }
        return prober;
    }

    private void go(Loop loop) {
        threads.execute(() -> {
            try {
                loop.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void startup() throws InterruptedException {
        var probe = container.getStartupProbe();
        if (probe != null && !untilSuccess(probe, check(probe, Health::live))) {
            return;
        }
        listener.started();
        go(this::liveness);
        readiness();
    }

    private boolean untilSuccess(Probe probe, Check check) throws InterruptedException {
        Thread.sleep(delay(probe));
        int failures = 0;
        long counted = System.nanoTime() - period(probe).toNanos();
        while (true) {
            var failure = check.failure();
            if (failure == null) {
                return true;
            }
            if (System.nanoTime() - counted >= period(probe).toNanos()) {
                counted = System.nanoTime();
                if (++failures >= threshold(probe)) {
                    listener.unhealthy("Startup probe failed: " + failure);
                    return false;
                }
                listener.failed("Startup probe failed: " + failure);
            }
            Thread.sleep(eager(probe));
        }
    }

    private void readiness() throws InterruptedException {
        var probe = container.getReadinessProbe();
        if (probe == null) {
            listener.ready(true, "");
            return;
        }
        var check = check(probe, Health::ready);
        Thread.sleep(delay(probe));
        boolean ready = false;
        int failures = 0;
        int successes = 0;
        int needed = probe.getSuccessThreshold() == null ? 1 : probe.getSuccessThreshold();
        long told = System.nanoTime();
        while (true) {
            var failure = check.failure();
            successes = failure == null ? successes + 1 : 0;
            failures = failure == null ? 0 : failures + 1;
            if (!ready && successes >= needed) {
                ready = true;
                listener.ready(true, "");
            } else if (ready && failure != null && failures >= threshold(probe)) {
                ready = false;
                listener.ready(false, "Readiness probe failed: " + failure);
                told = System.nanoTime();
            } else if (failure != null && System.nanoTime() - told >= period(probe).toNanos()) {
                listener.failed("Readiness probe failed: " + failure);
                told = System.nanoTime();
            }
            Thread.sleep(ready ? period(probe) : eager(probe));
        }
    }

    private void liveness() throws InterruptedException {
        var probe = container.getLivenessProbe();
        if (probe == null) {
            return;
        }
        var check = check(probe, Health::live);
        Thread.sleep(delay(probe));
        int failures = 0;
        while (true) {
            var failure = check.failure();
            failures = failure == null ? 0 : failures + 1;
            if (failure != null && failures >= threshold(probe)) {
                listener.unhealthy("Liveness probe failed: " + failure);
                return;
            }
            if (failure != null) {
                listener.failed("Liveness probe failed: " + failure);
            }
            Thread.sleep(period(probe));
        }
    }

    private Check check(Probe probe, Function<Health, Boolean> part) {
        if (running.health().isEmpty()) {
            return Checks.of(probe, container, podIp);
        }
        return () -> running.health()
                .map(health -> part.apply(health) ? null : "application says " + health.parts())
                .orElse(null);
    }

    private static Duration delay(Probe probe) {
        return Duration.ofSeconds(number(probe.getInitialDelaySeconds(), 0));
    }

    private static Duration period(Probe probe) {
        return Duration.ofSeconds(number(probe.getPeriodSeconds(), DEFAULT_PERIOD));
    }

    private static Duration eager(Probe probe) {
        return EAGER.compareTo(period(probe)) < 0 ? EAGER : period(probe);
    }

    private static int threshold(Probe probe) {
        return number(probe.getFailureThreshold(), DEFAULT_FAILURES);
    }

    private static int number(@Nullable Integer value, int otherwise) {
        return value == null || value == 0 ? otherwise : value;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    @FunctionalInterface
    private interface Loop {
        void run() throws InterruptedException;
    }
}
