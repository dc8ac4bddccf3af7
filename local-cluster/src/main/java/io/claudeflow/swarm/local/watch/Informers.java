package io.claudeflow.swarm.local.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One informer per kind, over all namespaces, started together. They list and watch again for ever when the API server goes
 * away. Register handlers before {@link #start}; not thread-safe until then.
 */
public final class Informers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Informers.class);

    private final KubernetesClient client;
    private final Map<Class<?>, SharedIndexInformer<?>> informers = new LinkedHashMap<>();

    public Informers(KubernetesClient client) {
        this.client = client;
    }

    /** The informer of a kind, made at the first call. */
    @SuppressWarnings("unchecked")
    public <T extends HasMetadata> SharedIndexInformer<T> of(Class<T> type) {
        return (SharedIndexInformer<T>) informers.computeIfAbsent(type,
                _ -> persistent(client.resources(type).inAnyNamespace().runnableInformer(0)));
    }

    /** Calls back at every addition, change and removal of an object of that kind. */
    public <T extends HasMetadata> void onChange(Class<T> type, Consumer<T> listener) {
        of(type).addEventHandler(new Changes<>(listener));
    }

    /** An informer that never gives up. */
    public static <T> SharedIndexInformer<T> persistent(SharedIndexInformer<T> informer) {
        return informer.exceptionHandler((_, cause) -> {
            LOG.atDebug()
                    .addKeyValue("kind", informer.getApiTypeClass().getSimpleName())
                    .setCause(cause)
                    .log("watch broke, trying again");
            return true;
        });
    }

    /** Starts all informers at once and does not wait for them. */
    public void start() {
        try {
            // With a connection there already, all lists and watches become its streams; else each opens one of its own.
            var _ = client.raw("/version");
        } catch (KubernetesClientException e) {
            LOG.atDebug().setCause(e).log("API server does not answer yet");
        }
        for (var informer : informers.values()) {
            var _ = informer.start();
        }
    }

    @Override
    public void close() {
        informers.values().forEach(SharedIndexInformer::stop);
    }
}
