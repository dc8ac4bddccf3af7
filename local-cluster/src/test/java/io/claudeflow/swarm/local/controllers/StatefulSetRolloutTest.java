package io.claudeflow.swarm.local.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatefulSetRolloutTest {
    private static final String NEW = "new";

    @Test
    void theHighestOfAnOldRevisionGoesOnceAllAboveItAreNewAndReady() {
        assertEquals("p2", next(0, Map.of(0, pod(0, "old", true), 1, pod(1, "old", true), 2, pod(2, "old", true))));
        assertEquals("", next(0, Map.of(0, pod(0, "old", true), 1, pod(1, "old", true), 2, pod(2, NEW, false))));
        assertEquals("p1", next(0, Map.of(0, pod(0, "old", true), 1, pod(1, "old", true), 2, pod(2, NEW, true))));
        assertEquals("", next(0, Map.of(0, pod(0, NEW, true), 1, pod(1, NEW, true), 2, pod(2, NEW, true))));
    }

    @Test
    void aPodThatIsGoneAndNotBackHoldsUpTheRest() {
        assertEquals("", next(0, Map.of(0, pod(0, "old", true), 1, pod(1, "old", true))));
        assertEquals("", next(0, Map.of(0, pod(0, "old", true), 2, pod(2, NEW, true))));
    }

    @Test
    void aPodThatDoesNotBecomeReadyIsReplacedAndOneBelowThePartitionStays() {
        assertEquals("p2", next(0, Map.of(0, pod(0, "old", true), 1, pod(1, "old", true), 2, pod(2, "old", false))));
        assertEquals("", next(2, Map.of(0, pod(0, "old", true), 1, pod(1, "old", true), 2, pod(2, NEW, true))));
    }

    private static String next(int first, Map<Integer, Pod> present) {
        return StatefulSetController.next(present, first, 3, NEW).map(pod -> pod.getMetadata().getName()).orElse("");
    }

    private static Pod pod(int ordinal, String revision, boolean ready) {
        return new PodBuilder().withNewMetadata()
                .withName("p" + ordinal)
                .addToLabels(StatefulSetController.REVISION_LABEL, revision)
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }
}
