package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Empties a namespace that is being deleted, all kinds in it, and finalizes it once nothing is left. What holds it up (finalizers
 * of others, pods in their grace period) stands in the namespace's condition NamespaceContentRemaining.
 */
final class NamespaceController implements Controller {
    private static final String FINALIZER = "kubernetes";
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration LAST_LOOK = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final Discovery discovery;
    private final WorkQueue<String> queue;
    private final Map<String, Duration> waits = new ConcurrentHashMap<>();

    NamespaceController(KubernetesClient client, Informers informers, Discovery discovery) {
        this.client = client;
        this.discovery = discovery;
        this.queue = new WorkQueue<>("namespaces", 4, this::reconcile);
        informers.onChange(Namespace.class, namespace -> {
            if (namespace.getMetadata().getDeletionTimestamp() != null) {
                queue.add(namespace.getMetadata().getName());
            }
        });
    }

    private void reconcile(String name) {
        var namespace = client.namespaces().withName(name).get();
        if (namespace == null || namespace.getMetadata().getDeletionTimestamp() == null
                || !namespace.getSpec().getFinalizers().contains(FINALIZER)) {
            waits.remove(name);
            return;
        }
        var remaining = new TreeMap<String, List<GenericKubernetesResource>>();
        for (var kind : discovery.refresh()) {
            if (kind.namespaced()) {
                var left = empty(kind, name);
                if (!left.isEmpty()) {
                    remaining.put(kind.identity(), left);
                }
            }
        }
        if (remaining.isEmpty()) {
            waits.remove(name);
            finish(namespace);
        } else {
            tell(namespace, remaining);
            var wait = waits.getOrDefault(name, FIRST_LOOK);
            waits.put(name, wait.multipliedBy(2).compareTo(LAST_LOOK) < 0 ? wait.multipliedBy(2) : LAST_LOOK);
            queue.addAfter(name, wait);
        }
    }

    /** Deletes all objects of the kind; returns those that are still there afterwards. */
    private List<GenericKubernetesResource> empty(ResourceKind kind, String namespace) {
        if (list(kind, namespace).isEmpty()) {
            return List.of();
        }
        for (var object : list(kind, namespace)) {
            if (object.getMetadata().getDeletionTimestamp() == null) {
                delete(kind, object);
            }
        }
        return list(kind, namespace);
    }

    private List<GenericKubernetesResource> list(ResourceKind kind, String namespace) {
        try {
            return client.genericKubernetesResources(kind.context()).inNamespace(namespace).list().getItems();
        } catch (KubernetesClientException e) {
            // The kind itself may have gone since discovery.
            if (e.getCode() == 404 || e.getCode() == 405) {
                return List.of();
            }
            throw e;
        }
    }

    private void delete(ResourceKind kind, GenericKubernetesResource object) {
        var meta = object.getMetadata();
        var options = Map.of("apiVersion", "v1", "kind", "DeleteOptions", "propagationPolicy", "Background",
                "preconditions", Map.of("uid", meta.getUid()));
        try {
            client.raw(kind.path(meta.getNamespace(), meta.getName()), "DELETE", options);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
        }
    }

    private void finish(Namespace namespace) {
        namespace.getSpec()
                .setFinalizers(
                        namespace.getSpec()
                                .getFinalizers()
                                .stream()
                                .filter(finalizer -> !FINALIZER.equals(finalizer))
                                .toList());
        try {
            client.raw("/api/v1/namespaces/" + namespace.getMetadata().getName() + "/finalize", "PUT", namespace);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    private void tell(Namespace namespace, Map<String, List<GenericKubernetesResource>> remaining) {
        var parts = new ArrayList<String>();
        remaining.forEach((kind, objects) -> {
            var finalizers = objects.stream()
                    .flatMap(object -> object.getMetadata().getFinalizers() == null
                            ? java.util.stream.Stream.empty()
                            : object.getMetadata().getFinalizers().stream())
                    .distinct()
                    .sorted()
                    .toList();
            parts.add(kind + " has " + objects.size() + " resource instances"
                    + (finalizers.isEmpty() ? "" : " with finalizers " + String.join(", ", finalizers)));
        });
        var message = "Some resources are remaining: " + String.join("; ", parts);
        boolean told = namespace.getStatus().getConditions().stream().anyMatch(c -> message.equals(c.getMessage()));
        if (told || waits.getOrDefault(namespace.getMetadata().getName(), FIRST_LOOK).compareTo(LAST_LOOK) < 0) {
            return;
        }
        client.namespaces().resource(namespace).editStatus(current -> {
            current.getStatus().getConditions().removeIf(c -> "NamespaceContentRemaining".equals(c.getType()));
            current.getStatus()
                    .getConditions()
                    .add(new NamespaceConditionBuilder().withType("NamespaceContentRemaining")
                            .withStatus("True")
                            .withReason("SomeResourcesRemain")
                            .withMessage(message)
                            .withLastTransitionTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                            .build());
            return current;
        });
    }

    @Override
    public void close() {
        queue.close();
    }
}
