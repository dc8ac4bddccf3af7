package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.events.EventRecorder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;

/** The pods of a controller's object, read from the API itself: an informer's copy lags behind what was just created. */
final class OwnedPods {
    private final KubernetesClient client;
    private final EventRecorder events;

    OwnedPods(KubernetesClient client, EventRecorder events) {
        this.client = client;
        this.events = events;
    }

    List<Pod> of(HasMetadata owner, LabelSelector selector) {
        return client.pods()
                .inNamespace(owner.getMetadata().getNamespace())
                .withLabelSelector(selector)
                .list()
                .getItems()
                .stream()
                .filter(pod -> Templates.controlledBy(pod, owner))
                .toList();
    }

    /** Creates the pod; one that is there already is left alone. */
    void create(HasMetadata owner, Pod pod) {
        try {
            client.pods().resource(pod).create();
            events.normal(owner, "SuccessfulCreate", "Created pod: " + pod.getMetadata().getName());
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409) {
                return;
            }
            events.warning(owner, "FailedCreate", "Error creating: " + e.getMessage());
            throw e;
        }
    }

    /** Deletes the pod, with its own grace period, if it still has that UID. */
    void delete(HasMetadata owner, Pod pod) {
        var meta = pod.getMetadata();
        try {
            client.raw("/api/v1/namespaces/" + meta.getNamespace() + "/pods/" + meta.getName(), "DELETE",
                    Map.of("apiVersion", "v1", "kind", "DeleteOptions", "preconditions", Map.of("uid", meta.getUid())));
            events.normal(owner, "SuccessfulDelete", "Deleted pod: " + meta.getName());
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
        }
    }
}
