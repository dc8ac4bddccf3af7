package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.events.EventRecorder;
import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps as many pods of a ReplicaSet as it wants. Those that are not ready go first, then the youngest. */
final class ReplicaSetController implements Controller {
    private final KubernetesClient client;
    private final OwnedPods pods;
    private final WorkQueue<ObjectKey> queue;

    ReplicaSetController(KubernetesClient client, Informers informers, EventRecorder events) {
        this.client = client;
        this.pods = new OwnedPods(client, events);
        this.queue = new WorkQueue<>("replica-sets", 8, this::reconcile);
        informers.onChange(ReplicaSet.class, set -> queue.add(ObjectKey.of(set)));
        informers.onChange(Pod.class, pod -> Owners.controller(pod, "ReplicaSet").ifPresent(queue::add));
    }

    private void reconcile(ObjectKey key) {
        var set = client.apps().replicaSets().inNamespace(key.namespace()).withName(key.name()).get();
        if (set == null) {
            return;
        }
        var all = pods.of(set, set.getSpec().getSelector());
        var active = all.stream().filter(Templates::active).toList();
        if (set.getMetadata().getDeletionTimestamp() == null) {
            scale(set, active);
        }
        report(set, all.stream().filter(Templates::active).toList());
    }

    private void scale(ReplicaSet set, List<Pod> active) {
        int missing = wanted(set) - active.size();
        for (int i = 0; i < missing; i++) {
            pods.create(set, Templates.pod(set.getSpec().getTemplate(), set,
                    set.getMetadata().getName() + "-" + Templates.suffix()));
        }
        active.stream()
                .sorted(Comparator.comparing(Templates::ready)
                        .thenComparing(pod -> pod.getMetadata().getCreationTimestamp(), Comparator.reverseOrder()))
                .limit(Math.max(0, -missing))
                .forEach(pod -> pods.delete(set, pod));
    }

    private static int wanted(ReplicaSet set) {
        return set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
    }

    private void report(ReplicaSet set, List<Pod> active) {
        int ready = (int) active.stream().filter(Templates::ready).count();
        ReplicaSetStatus before = set.getStatus();
        var status = new ReplicaSetStatusBuilder().withReplicas(active.size())
                .withFullyLabeledReplicas(active.size())
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .withObservedGeneration(set.getMetadata().getGeneration())
                .build();
        if (before != null && number(before.getReplicas()) == active.size()
                && number(before.getReadyReplicas()) == ready
                && number(before.getAvailableReplicas()) == ready
                && Objects.equals(before.getObservedGeneration(), set.getMetadata().getGeneration())) {
            return;
        }
        set.setStatus(status);
        client.apps().replicaSets().resource(set).updateStatus();
    }

    static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    @Override
    public void close() {
        queue.close();
    }
}
