package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that want reconciling. A key waits at most once and runs at most once at a time: additions meanwhile become one more run.
 * A run that fails is repeated, after a time that doubles from 20 ms to 10 s.
 *
 * @param <K> what names the object; with equals and a short toString
 */
final class WorkQueue<K> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(20);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);
    /** Failures that are ordinary races, and from which on they are worth a warning. */
    private static final int QUIET_FAILURES = 6;

    private final String name;
    private final Reconciler<K> reconciler;
    private final Semaphore slots;
    private final ExecutorService executor;
    private final ConcurrentHashMap<K, Entry> entries = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** What is done with a key. */
    @FunctionalInterface
    interface Reconciler<K> {
        /** Brings the object nearer to what is wanted; blocking, on a virtual thread. Throws to be called again later. */
        void reconcile(K key) throws Exception;
    }

    WorkQueue(String name, int concurrency, Reconciler<K> reconciler) {
        this.name = name;
        this.reconciler = reconciler;
        this.slots = new Semaphore(concurrency);
        this.executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
    }

    /** Wants a run of the key. Never blocks. */
    void add(K key) {
        if (closed) {
            return;
        }
        entries.compute(key, (_, entry) -> {
            if (entry != null && entry.active) {
                entry.again = true;
                return entry;
            }
            var next = entry == null ? new Entry() : entry;
            next.active = true;
            execute(key, next);
            return next;
        });
    }

    /** Wants a run of the key after that time. */
    void addAfter(K key, Duration delay) {
        if (!closed) {
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(() -> add(key));
        }
    }

    private void execute(K key, Entry entry) {
        try {
            executor.execute(() -> run(key, entry));
        } catch (RejectedExecutionException e) {
            entry.active = false;
        }
    }

    private void run(K key, Entry entry) {
        try {
            slots.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            reconciler.reconcile(key);
            entry.failures = 0;
        } catch (Exception e) {
            failed(key, entry, e);
        } finally {
            slots.release();
            next(key, entry);
        }
    }

    private void failed(K key, Entry entry, Exception cause) {
        if (closed || cause instanceof InterruptedException) {
            return;
        }
        entry.failures++;
        boolean conflict = cause instanceof KubernetesClientException http && http.getCode() == 409;
        // Then each time that the count has doubled: what fails for ever must not fill the log.
        boolean worth = entry.failures > QUIET_FAILURES && Integer.bitCount(entry.failures) == 1;
        var level = worth && !conflict ? LOG.atWarn() : LOG.atDebug();
        level.addKeyValue("controller", name)
                .addKeyValue("key", key)
                .addKeyValue("failures", entry.failures)
                .setCause(cause)
                .log("reconciliation failed, trying again");
        long delay = Math.min(LAST_RETRY.toMillis(), FIRST_RETRY.toMillis() << Math.min(20, entry.failures - 1));
        addAfter(key, Duration.ofMillis(delay));
    }

    private void next(K key, Entry entry) {
        entries.compute(key, (_, current) -> {
            if (current != entry) {
                return current;
            }
            if (entry.again && !closed) {
                entry.again = false;
                execute(key, entry);
                return entry;
            }
            entry.active = false;
            return entry.failures == 0 ? null : entry;
        });
    }

    @Override
    public void close() {
        closed = true;
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.atWarn().addKeyValue("controller", name).log("controller still runs after 5 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Guarded by the map's compute, but for failures, which only the run touches. */
    private static final class Entry {
        boolean active;
        boolean again;
        volatile int failures;
    }
}
