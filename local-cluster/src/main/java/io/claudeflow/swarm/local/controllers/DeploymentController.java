package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.events.EventRecorder;
import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Deployment is a ReplicaSet per template, the newest of which takes over: {@link Rollout} says how far each step goes. Revision
 * numbers and old ReplicaSets are kept for {@code kubectl rollout history} and {@code undo}.
 */
final class DeploymentController implements Controller {
    private static final String REVISION = "deployment.kubernetes.io/revision";

    private final KubernetesClient client;
    private final EventRecorder events;
    private final WorkQueue<ObjectKey> queue;

    DeploymentController(KubernetesClient client, Informers informers, EventRecorder events) {
        this.client = client;
        this.events = events;
        this.queue = new WorkQueue<>("deployments", 8, this::reconcile);
        informers.onChange(Deployment.class, deployment -> queue.add(ObjectKey.of(deployment)));
        informers.onChange(ReplicaSet.class, set -> Owners.controller(set, "Deployment").ifPresent(queue::add));
        // Recreate waits until the last old pod is gone, and no ReplicaSet tells of pods that are being deleted.
        var sets = informers.of(ReplicaSet.class);
        informers.onChange(Pod.class, pod -> {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                Owners.controller(pod, "ReplicaSet")
                        .map(key -> sets.getStore().getByKey(key.toString()))
                        .flatMap(set -> Owners.controller(set, "Deployment"))
                        .ifPresent(queue::add);
            }
        });
    }

    private void reconcile(ObjectKey key) {
        var deployment = client.apps().deployments().inNamespace(key.namespace()).withName(key.name()).get();
        if (deployment == null || deployment.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        var sets = new ArrayList<>(client.apps()
                .replicaSets()
                .inNamespace(key.namespace())
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems()
                .stream()
                .filter(set -> Templates.controlledBy(set, deployment))
                .sorted(Comparator.comparingLong(DeploymentController::revision))
                .toList());
        var hash = Templates.hash(deployment.getSpec().getTemplate());
        var current = sets.stream()
                .filter(set -> hash.equals(Templates.hash(set.getSpec().getTemplate())))
                .findFirst()
                .orElse(null);
        boolean paused = Boolean.TRUE.equals(deployment.getSpec().getPaused());
        if (current == null && !paused) {
            current = create(deployment, hash, sets);
            sets.add(current);
        }
        if (current != null) {
            if (!paused) {
                current = newest(current, sets);
            }
            annotate(deployment, current);
            roll(deployment, current, sets);
            if (!paused) {
                prune(deployment, current, sets);
            }
        }
        DeploymentReport.write(client, deployment, current, sets);
    }

    private ReplicaSet create(Deployment deployment, String hash, List<ReplicaSet> sets) {
        var template = deployment.getSpec().getTemplate();
        var labels = new HashMap<>(Templates.orEmpty(template.getMetadata().getLabels()));
        labels.put(Templates.HASH_LABEL, hash);
        var set = new ReplicaSetBuilder().withNewMetadata()
                .withName(deployment.getMetadata().getName() + "-" + hash)
                .withNamespace(deployment.getMetadata().getNamespace())
                .withLabels(labels)
                .withAnnotations(Map.of(REVISION, Long.toString(nextRevision(sets))))
                .withOwnerReferences(Templates.controllerReference(deployment))
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewSelectorLike(deployment.getSpec().getSelector())
                .addToMatchLabels(Templates.HASH_LABEL, hash)
                .endSelector()
                .withNewTemplateLike(template)
                .editMetadata()
                .withLabels(labels)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
        return client.apps().replicaSets().resource(set).create();
    }

    /** A template that is used again becomes the newest revision. */
    private ReplicaSet newest(ReplicaSet current, List<ReplicaSet> sets) {
        var others = sets.stream().filter(set -> set != current).toList();
        if (others.stream().noneMatch(set -> revision(set) > revision(current))) {
            return current;
        }
        long next = nextRevision(others);
        return client.apps().replicaSets().resource(current).edit(set -> {
            set.getMetadata().getAnnotations().put(REVISION, Long.toString(next));
            return set;
        });
    }

    private void annotate(Deployment deployment, ReplicaSet current) {
        var revision = Long.toString(revision(current));
        var annotations = Templates.orEmpty(deployment.getMetadata().getAnnotations());
        if (!revision.equals(annotations.get(REVISION))) {
            client.apps().deployments().resource(deployment).edit(latest -> {
                var changed = new HashMap<>(Templates.orEmpty(latest.getMetadata().getAnnotations()));
                changed.put(REVISION, revision);
                latest.getMetadata().setAnnotations(changed);
                return latest;
            });
        }
    }

    private void roll(Deployment deployment, ReplicaSet current, List<ReplicaSet> sets) {
        var old = sets.stream()
                .filter(set -> !set.getMetadata().getUid().equals(current.getMetadata().getUid()))
                .toList();
        var plan = Rollout.plan(deployment, current, old, () -> oldPodsGone(deployment, current));
        for (var step : plan) {
            var name = step.set().getMetadata().getName();
            var now = ReplicaSetController.number(step.set().getSpec().getReplicas());
            client.apps().replicaSets().resource(step.set()).scale(step.replicas());
            step.set().getSpec().setReplicas(step.replicas());
            events.normal(deployment, "ScalingReplicaSet", "Scaled " + (step.replicas() > now ? "up" : "down")
                    + " replica set " + name + " from " + now + " to " + step.replicas());
        }
    }

    private boolean oldPodsGone(Deployment deployment, ReplicaSet current) {
        return client.pods()
                .inNamespace(deployment.getMetadata().getNamespace())
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems()
                .stream()
                .filter(pod -> !Templates.ended(pod))
                .allMatch(pod -> Templates.controlledBy(pod, current));
    }

    private void prune(Deployment deployment, ReplicaSet current, List<ReplicaSet> sets) {
        var limit = deployment.getSpec().getRevisionHistoryLimit();
        var idle = sets.stream()
                .filter(set -> !set.getMetadata().getUid().equals(current.getMetadata().getUid()))
                .filter(set -> ReplicaSetController.number(set.getSpec().getReplicas()) == 0
                        && ReplicaSetController.number(set.getStatus().getReplicas()) == 0)
                .toList();
        int excess = idle.size() - (limit == null ? 10 : limit);
        for (var set : idle.subList(0, Math.max(0, excess))) {
            try {
                var _ = client.apps().replicaSets().resource(set).delete();
            } catch (KubernetesClientException e) {
                if (e.getCode() != 404) {
                    throw e;
                }
            }
        }
    }

    static long revision(ReplicaSet set) {
        var text = Templates.orEmpty(set.getMetadata().getAnnotations()).get(REVISION);
        return text == null ? 0 : Long.parseLong(text);
    }

    private static long nextRevision(List<ReplicaSet> sets) {
        return sets.stream().mapToLong(DeploymentController::revision).max().orElse(0) + 1;
    }

    @Override
    public void close() {
        queue.close();
    }
}
