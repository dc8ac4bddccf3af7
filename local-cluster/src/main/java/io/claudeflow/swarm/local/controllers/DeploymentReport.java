package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A Deployment's status, as {@code kubectl rollout status} and {@code wait --for=condition=Available} read it. */
final class DeploymentReport {
    private DeploymentReport() {}

    /** Writes the status if it differs from what the Deployment says. */
    static void write(KubernetesClient client, Deployment deployment, @Nullable ReplicaSet current,
            List<ReplicaSet> sets) {
        var status = status(deployment, current, sets);
        if (!status.equals(deployment.getStatus())) {
            // Progress may have written metadata meanwhile, so the version read at first is not insisted on.
            client.apps().deployments().resource(deployment).editStatus(latest -> {
                latest.setStatus(status);
                return latest;
            });
        }
    }

    private static DeploymentStatus status(Deployment deployment, @Nullable ReplicaSet current, List<ReplicaSet> sets) {
        int wanted = deployment.getSpec().getReplicas() == null ? 1 : deployment.getSpec().getReplicas();
        int replicas = sum(sets, set -> set.getStatus().getReplicas());
        int ready = sum(sets, set -> set.getStatus().getReadyReplicas());
        int available = sum(sets, set -> set.getStatus().getAvailableReplicas());
        int updated = current == null ? 0 : sum(List.of(current), set -> set.getStatus().getReplicas());
        int fresh = current == null ? 0 : sum(List.of(current), set -> set.getStatus().getAvailableReplicas());
        boolean complete = updated == wanted && replicas == wanted && fresh == wanted;
        boolean enough = available >= wanted - Rollout.maxUnavailable(deployment);
        var name = current == null ? "none" : current.getMetadata().getName();
        return new DeploymentStatusBuilder().withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(nullable(replicas))
                .withUpdatedReplicas(nullable(updated))
                .withReadyReplicas(nullable(ready))
                .withAvailableReplicas(nullable(available))
                .withUnavailableReplicas(nullable(Math.max(0, wanted - available)))
                .withConditions(
                        condition(deployment, "Available", enough ? "True" : "False",
                                enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                                "Deployment " + (enough ? "has" : "does not have") + " minimum availability."),
                        condition(deployment, "Progressing", "True",
                                complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                                "ReplicaSet \"" + name + "\" "
                                        + (complete ? "has successfully progressed." : "is progressing.")))
                .build();
    }

    private static DeploymentCondition condition(Deployment deployment, String type, String status, String reason,
            String message) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var condition = new DeploymentConditionBuilder().withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(now)
                .withLastUpdateTime(now)
                .build();
        var conditions = deployment.getStatus() == null
                ? List.<DeploymentCondition>of()
                : deployment.getStatus().getConditions();
        for (var before : conditions) {
            if (type.equals(before.getType()) && status.equals(before.getStatus())) {
                condition.setLastTransitionTime(before.getLastTransitionTime());
                if (reason.equals(before.getReason()) && message.equals(before.getMessage())) {
                    condition.setLastUpdateTime(before.getLastUpdateTime());
                }
            }
        }
        return condition;
    }

    /** The API server leaves a zero out. */
    private static @Nullable Integer nullable(int value) {
        return value == 0 ? null : value;
    }

    private static int sum(List<ReplicaSet> sets, Function<ReplicaSet, @Nullable Integer> part) {
        return sets.stream()
                .filter(set -> set.getStatus() != null)
                .mapToInt(set -> ReplicaSetController.number(part.apply(set)))
                .sum();
    }
}
