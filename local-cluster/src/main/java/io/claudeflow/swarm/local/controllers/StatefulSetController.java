package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.events.EventRecorder;
import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pods {@code <set>-<n>} with a claim each per claim template. OrderedReady starts one after the other, each when the one before is
 * ready, and stops the highest first; Parallel does all at once. A changed template recreates pods one at a time from the highest
 * ordinal, in both. Revisions are template hashes; there are no ControllerRevisions, so {@code kubectl rollout undo} has nothing to
 * go back to.
 */
final class StatefulSetController implements Controller {
    static final String REVISION_LABEL = "controller-revision-hash";

    private final KubernetesClient client;
    private final OwnedPods pods;
    private final SetClaims claims;
    private final WorkQueue<ObjectKey> queue;

    StatefulSetController(KubernetesClient client, Informers informers, EventRecorder events) {
        this.client = client;
        this.pods = new OwnedPods(client, events);
        this.claims = new SetClaims(client);
        this.queue = new WorkQueue<>("stateful-sets", 8, this::reconcile);
        informers.onChange(StatefulSet.class, set -> queue.add(ObjectKey.of(set)));
        informers.onChange(Pod.class, pod -> Owners.controller(pod, "StatefulSet").ifPresent(queue::add));
    }

    private void reconcile(ObjectKey key) {
        var set = client.apps().statefulSets().inNamespace(key.namespace()).withName(key.name()).get();
        if (set == null) {
            return;
        }
        var revision = set.getMetadata().getName() + "-" + Templates.hash(set.getSpec().getTemplate());
        var present = new TreeMap<Integer, Pod>();
        for (var pod : pods.of(set, set.getSpec().getSelector())) {
            ordinal(set, pod).ifPresent(ordinal -> present.put(ordinal, pod));
        }
        if (set.getMetadata().getDeletionTimestamp() == null) {
            claims.follow(set);
            act(set, present, revision);
        }
        report(set, present.values(), revision);
    }

    private void act(StatefulSet set, TreeMap<Integer, Pod> present, String revision) {
        boolean ordered = !"Parallel".equals(set.getSpec().getPodManagementPolicy());
        int first = start(set);
        int end = first + replicas(set);
        for (var pod : present.values()) {
            if (Templates.ended(pod) && pod.getMetadata().getDeletionTimestamp() == null) {
                pods.delete(set, pod);
                return;
            }
        }
        for (int ordinal = first; ordinal < end; ordinal++) {
            var pod = present.get(ordinal);
            if (pod == null) {
                create(set, ordinal, revision);
            }
            if (ordered && (pod == null || !Templates.ready(pod) || pod.getMetadata().getDeletionTimestamp() != null)) {
                if (pod != null && outdated(pod, revision) && !Templates.ready(pod)) {
                    break;
                }
                return;
            }
        }
        boolean stopping = false;
        for (var entry : new ArrayList<>(present.descendingMap().entrySet())) {
            if (entry.getKey() >= first && entry.getKey() < end) {
                continue;
            }
            if (entry.getValue().getMetadata().getDeletionTimestamp() == null && !(ordered && stopping)) {
                claims.beforeScaleIn(set, entry.getValue());
                pods.delete(set, entry.getValue());
            }
            stopping = true;
        }
        if (!stopping || !ordered) {
            update(set, present.headMap(end).tailMap(first), revision);
        }
    }

    private void update(StatefulSet set, Map<Integer, Pod> present, String revision) {
        var strategy = set.getSpec().getUpdateStrategy();
        if (strategy != null && "OnDelete".equals(strategy.getType())) {
            return;
        }
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        int partition = rolling == null || rolling.getPartition() == null ? 0 : rolling.getPartition();
        next(present, start(set) + partition, start(set) + replicas(set), revision)
                .ifPresent(pod -> pods.delete(set, pod));
    }

    /**
     * The pod to recreate: the highest of an old revision, once all above it are there, of the new one and ready. A pod that is gone
     * and not back holds up the rest: two replicas of three that are away at a time would be a group without a majority.
     */
    static Optional<Pod> next(Map<Integer, Pod> present, int first, int end, String revision) {
        for (int ordinal = end - 1; ordinal >= first; ordinal--) {
            var pod = present.get(ordinal);
            if (pod == null || pod.getMetadata().getDeletionTimestamp() != null) {
                return Optional.empty();
            }
            if (outdated(pod, revision)) {
                return Optional.of(pod);
            }
            if (!Templates.ready(pod)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean outdated(Pod pod, String revision) {
        return !revision.equals(Templates.orEmpty(pod.getMetadata().getLabels()).get(REVISION_LABEL));
    }

    private void create(StatefulSet set, int ordinal, String revision) {
        var name = set.getMetadata().getName() + "-" + ordinal;
        claims.ensure(set, ordinal);
        var pod = Templates.pod(set.getSpec().getTemplate(), set, name);
        var labels = new HashMap<>(pod.getMetadata().getLabels());
        labels.put(REVISION_LABEL, revision);
        labels.put("statefulset.kubernetes.io/pod-name", name);
        labels.put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
        pod.getMetadata().setLabels(labels);
        pod.getSpec().setHostname(name);
        pod.getSpec().setSubdomain(set.getSpec().getServiceName());
        claims.mount(set, ordinal, pod);
        pods.create(set, pod);
    }

    private void report(StatefulSet set, Iterable<Pod> present, String revision) {
        int replicas = 0;
        int ready = 0;
        int updated = 0;
        for (var pod : present) {
            boolean active = Templates.active(pod);
            replicas++;
            ready += active && Templates.ready(pod) ? 1 : 0;
            updated += active && !outdated(pod, revision) ? 1 : 0;
        }
        var before = set.getStatus();
        boolean complete = updated == replicas(set) && replicas == updated;
        var current = complete || before == null || before.getCurrentRevision() == null
                ? revision
                : before.getCurrentRevision();
        var status = new StatefulSetStatusBuilder().withReplicas(replicas)
                .withReadyReplicas(ready == 0 ? null : ready)
                .withAvailableReplicas(ready)
                .withCurrentReplicas(complete ? Integer.valueOf(updated) : nonZero(replicas - updated))
                .withUpdatedReplicas(nonZero(updated))
                .withCurrentRevision(current)
                .withUpdateRevision(revision)
                .withCollisionCount(0)
                .withObservedGeneration(set.getMetadata().getGeneration())
                .build();
        if (!status.equals(before)) {
            set.setStatus(status);
            client.apps().statefulSets().resource(set).updateStatus();
        }
    }

    private static @Nullable Integer nonZero(int value) {
        return value <= 0 ? null : value;
    }

    private static Optional<Integer> ordinal(StatefulSet set, Pod pod) {
        var name = pod.getMetadata().getName();
        var prefix = set.getMetadata().getName() + "-";
        try {
            return name.startsWith(prefix)
                    ? Optional.of(Integer.parseInt(name.substring(prefix.length())))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static int start(StatefulSet set) {
        var ordinals = set.getSpec().getOrdinals();
        return ordinals == null || ordinals.getStart() == null ? 0 : ordinals.getStart();
    }

    static int replicas(StatefulSet set) {
        return set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
    }

    @Override
    public void close() {
        queue.close();
    }
}
