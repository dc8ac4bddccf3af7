package io.claudeflow.swarm.local.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {
    @Test
    void theFirstReplicaSetGetsAllReplicasAtOnce() {
        assertEquals(List.of("new=3"), plan(rolling(3, 1, 0), set("new", 0, 0)));
    }

    @Test
    void growsWithinTheSurgeAndShrinksAsPodsBecomeAvailable() {
        assertEquals(List.of("new=1"), plan(rolling(3, 1, 0), set("new", 0, 0), set("old", 3, 3)));
        assertEquals(List.of(), plan(rolling(3, 1, 0), set("new", 1, 0), set("old", 3, 3)));
        assertEquals(List.of("old=2"), plan(rolling(3, 1, 0), set("new", 1, 1), set("old", 3, 3)));
        assertEquals(List.of("old=0"), plan(rolling(3, 1, 0), set("new", 3, 3), set("old", 1, 1)));
    }

    @Test
    void podsThatAreNotAvailableGoFirst() {
        assertEquals(List.of("new=1", "old=2"), plan(rolling(3, 1, 1), set("new", 0, 0), set("old", 3, 2)));
    }

    @Test
    void recreateStopsAllBeforeItStartsOne() {
        var recreate = rolling(2, 0, 0).edit()
                .editSpec()
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .endSpec()
                .build();

        assertEquals(List.of("old=0"), plan(recreate, set("new", 0, 0), set("old", 2, 2)));
        assertEquals(List.of("new=2"), plan(recreate, set("new", 0, 0), set("old", 0, 0)));
    }

    private static List<String> plan(Deployment deployment, ReplicaSet current, ReplicaSet... old) {
        return Rollout.plan(deployment, current, List.of(old), () -> true)
                .stream()
                .map(step -> step.set().getMetadata().getName() + "=" + step.replicas())
                .toList();
    }

    private static Deployment rolling(int replicas, int surge, int unavailable) {
        return new DeploymentBuilder().withNewSpec()
                .withReplicas(replicas)
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(surge))
                .withMaxUnavailable(new IntOrString(unavailable))
                .endRollingUpdate()
                .endStrategy()
                .endSpec()
                .build();
    }

    private static ReplicaSet set(String name, int replicas, int available) {
        return new ReplicaSetBuilder().withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .withNewStatus()
                .withReplicas(replicas)
                .withAvailableReplicas(available)
                .endStatus()
                .build();
    }
}
