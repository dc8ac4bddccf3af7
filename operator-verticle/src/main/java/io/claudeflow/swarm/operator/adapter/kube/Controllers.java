package io.claudeflow.swarm.operator.adapter.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** JOSDK as this house runs it: bounded virtual threads, server-side apply, endless retries that start quickly. */
public final class Controllers {
    private static final int THREADS = 64;
    private static final Duration CACHE_SYNC = Duration.ofSeconds(60);
    private static final Duration TERMINATION = Duration.ofSeconds(5);

    /** Where reconciliations run; what comes after the stop is dropped, because the next start reconciles everything. */
    private final ThreadPoolExecutor reconciling;
    private final Operator operator;
    private final String fieldManager;
    private final @Nullable String namespace;

    /**
     * Controllers that do not run yet.
     *
     * @param namespace the one namespace that is watched, or null for all
     * @param threads   makes the threads that reconcile
     * @param lost      told when an informer has stopped for good: only a restart helps then
     */
    public Controllers(KubernetesClient client, String fieldManager, @Nullable String namespace,
            ThreadFactory threads, Consumer<Throwable> lost) {
        this.fieldManager = fieldManager;
        this.namespace = namespace;
        this.reconciling = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                threads, new ThreadPoolExecutor.DiscardPolicy());
        reconciling.allowCoreThreadTimeOut(true);
        this.operator = new Operator(config -> config.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .checkingCRDAndValidateLocalModel(false)
                .withUseSSAToPatchPrimaryResource(true)
                .withExecutorService(reconciling)
                .withWorkflowExecutorService(Executors.newThreadPerTaskExecutor(threads))
                .withCacheSyncTimeout(CACHE_SYNC)
                .withReconciliationTerminationTimeout(TERMINATION)
                .withInformerStoppedHandler((informer, cause) -> {
                    if (cause != null) {
                        lost.accept(cause);
                    }
                }));
    }

    /** Adds a controller that is reconciled on every event of its primaries, their deletion included. */
    public <P extends HasMetadata> Controllers add(Reconciler<P> reconciler) {
        operator.register(reconciler, config -> {
            config.withFieldManager(fieldManager)
                    .withGenerationAware(false)
                    .withTriggerReconcilerOnAllEvents(true)
                    .withRetry(new GenericRetry().setInitialInterval(200)
                            .setIntervalMultiplier(2)
                            .setMaxInterval(10_000)
                            .withoutMaxAttempts());
            if (namespace == null) {
                config.watchingAllNamespaces();
            } else {
                config.settingNamespaces(Set.of(namespace));
            }
        });
        return this;
    }

    /** Blocks until every cache is complete; reconciliation has begun then. */
    public void start() {
        operator.start();
    }

    /**
     * Blocks until what is being reconciled is done, at most some seconds. Only then are the caches given up: a reconciliation
     * that finds them empty would take everything for new.
     */
    public void stop() {
        reconciling.getQueue().clear();
        reconciling.shutdown();
        try {
            if (!reconciling.awaitTermination(TERMINATION.toMillis(), TimeUnit.MILLISECONDS)) {
                reconciling.shutdownNow();
            }
        } catch (InterruptedException e) {
            reconciling.shutdownNow();
            Thread.currentThread().interrupt();
        }
        operator.stop();
    }

    /** Whether every informer watches. */
    public boolean healthy() {
        return operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }
}
