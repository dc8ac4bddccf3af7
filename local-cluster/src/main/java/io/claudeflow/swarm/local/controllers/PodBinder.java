package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.events.EventRecorder;
import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Binds each pod to the one node, at once. A pod that the node does not suit ({@link NodeFit}) waits with the condition
 * PodScheduled=False and is looked at again when the node or the pod changes.
 */
final class PodBinder implements Controller {
    private final KubernetesClient client;
    private final EventRecorder events;
    private final SharedIndexInformer<Node> nodes;
    private final SharedIndexInformer<Pod> pods;
    private final WorkQueue<ObjectKey> queue;

    PodBinder(KubernetesClient client, Informers informers, EventRecorder events) {
        this.client = client;
        this.events = events;
        this.nodes = informers.of(Node.class);
        this.pods = informers.of(Pod.class);
        this.queue = new WorkQueue<>("binder", 8, this::reconcile);
        informers.onChange(Pod.class, this::consider);
        informers.onChange(Node.class, _ -> pods.getStore().list().forEach(this::consider));
    }

    private void consider(Pod pod) {
        if (unbound(pod)) {
            queue.add(ObjectKey.of(pod));
        }
    }

    private static boolean unbound(Pod pod) {
        var node = pod.getSpec().getNodeName();
        return (node == null || node.isEmpty()) && pod.getMetadata().getDeletionTimestamp() == null
                && "default-scheduler"
                        .equals(Objects.requireNonNullElse(pod.getSpec().getSchedulerName(), "default-scheduler"));
    }

    private void reconcile(ObjectKey key) {
        // The informer's copy is enough: binding a pod that is bound or gone is refused by the API server.
        var pod = pods.getStore().getByKey(key.namespace() + "/" + key.name());
        if (pod == null || !unbound(pod)) {
            return;
        }
        var reasons = new ArrayList<String>();
        for (var node : nodes.getStore().list()) {
            var misfit = NodeFit.misfit(pod.getSpec(), node);
            if (misfit.isEmpty()) {
                bind(pod, node.getMetadata().getName());
                return;
            }
            reasons.add("node " + node.getMetadata().getName() + " " + misfit.get());
        }
        if (!reasons.isEmpty()) {
            refuse(pod, reasons);
        }
    }

    private void bind(Pod pod, String node) {
        var meta = pod.getMetadata();
        var binding = new BindingBuilder().withNewMetadata()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .endMetadata()
                .withNewTarget()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(node)
                .endTarget()
                .build();
        try {
            client.raw("/api/v1/namespaces/" + meta.getNamespace() + "/pods/" + meta.getName() + "/binding", "POST",
                    binding);
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404 || e.getCode() == 409) {
                return;
            }
            throw e;
        }
        events.normal(pod, "Scheduled",
                "Successfully assigned " + meta.getNamespace() + "/" + meta.getName() + " to " + node);
    }

    private void refuse(Pod pod, List<String> reasons) {
        var message = "0/" + reasons.size() + " nodes are available: " + String.join("; ", reasons) + ".";
        var told = pod.getStatus()
                .getConditions()
                .stream()
                .anyMatch(condition -> "PodScheduled".equals(condition.getType())
                        && message.equals(condition.getMessage()));
        if (told) {
            return;
        }
        var condition = new PodConditionBuilder().withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .withLastTransitionTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .build();
        client.pods().resource(pod).editStatus(current -> {
            current.getStatus().getConditions().removeIf(old -> "PodScheduled".equals(old.getType()));
            current.getStatus().getConditions().add(condition);
            return current;
        });
        events.warning(pod, "FailedScheduling", message);
    }

    @Override
    public void close() {
        queue.close();
    }
}
