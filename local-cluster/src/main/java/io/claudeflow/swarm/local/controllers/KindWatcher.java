package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Watches the metadata of all objects of all kinds, those of custom resources included: looks at discovery again whenever a
 * definition comes or goes.
 */
final class KindWatcher implements Controller {
    /** Many, short-lived, and owners of nothing; Kubernetes' own collector leaves them out too. */
    private static final Set<String> IGNORED = Set.of("events.", "events.events.k8s.io");

    private final KubernetesClient client;
    private final Discovery discovery;
    private final Function<ResourceKind, ResourceEventHandler<GenericKubernetesResource>> handler;
    private final Map<ResourceKind, SharedIndexInformer<GenericKubernetesResource>> running = new HashMap<>();
    private final WorkQueue<String> queue;

    KindWatcher(KubernetesClient client, Informers informers, Discovery discovery,
            Function<ResourceKind, ResourceEventHandler<GenericKubernetesResource>> handler) {
        this.client = client;
        this.discovery = discovery;
        this.handler = handler;
        this.queue = new WorkQueue<>("kinds", 1, _ -> reconcile());
        informers.onChange(CustomResourceDefinition.class, _ -> queue.add("kinds"));
    }

    void start() {
        queue.add("kinds");
    }

    /** One run at a time, by the queue. */
    private void reconcile() {
        var served = new HashSet<ResourceKind>();
        for (var kind : discovery.refresh()) {
            if (!IGNORED.contains(kind.identity())) {
                served.add(kind);
                running.computeIfAbsent(kind, this::watch);
            }
        }
        running.entrySet().removeIf(entry -> {
            if (served.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().stop();
            return true;
        });
    }

    private SharedIndexInformer<GenericKubernetesResource> watch(ResourceKind kind) {
        var informer = Informers
                .persistent(client.genericKubernetesResources(kind.context()).inAnyNamespace().runnableInformer(0))
                .itemStore(new MetadataStore())
                .addEventHandler(handler.apply(kind));
        var _ = informer.start();
        return informer;
    }

    @Override
    public void close() {
        queue.close();
        running.values().forEach(SharedIndexInformer::stop);
    }
}
