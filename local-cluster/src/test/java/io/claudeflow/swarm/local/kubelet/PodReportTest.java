package io.claudeflow.swarm.local.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.claudeflow.swarm.local.kubelet.ContainerState.Running;
import io.claudeflow.swarm.local.kubelet.ContainerState.Terminated;
import io.claudeflow.swarm.local.kubelet.ContainerState.Waiting;
import io.claudeflow.swarm.local.kubelet.PodReport.ContainerView;
import io.claudeflow.swarm.local.kubelet.PodReport.PodView;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodReportTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    @Test
    void thePhaseFollowsContainersAndPolicy() {
        assertEquals("Pending", phase("Always", new Waiting("ContainerCreating", ""), null));
        assertEquals("Running", phase("Always", new Running(BEGAN), null));
        assertEquals("Running", phase("Always", new Waiting("CrashLoopBackOff", ""), ended(1)));
        assertEquals("Running", phase("Always", ended(0), null));
        assertEquals("Succeeded", phase("Never", ended(0), null));
        assertEquals("Failed", phase("Never", ended(3), null));
        assertEquals("Succeeded", phase("OnFailure", ended(0), null));
        assertEquals("Running", phase("OnFailure", ended(3), null));
    }

    @Test
    void aContainerThatTheNodeEndedEndsNoPod() {
        assertEquals("Running",
                phase("Never", new Terminated(BEGAN, new Exit(0, Exit.NODE_SHUTDOWN, "", NOW), 0), null));
    }

    @Test
    void readyIsSaidOnceAndItsTimeStays() {
        var first = status(new PodStatus(), new Running(BEGAN), true, NOW);
        var later = status(first, new Running(BEGAN), true, NOW.plusSeconds(60));

        assertEquals(first, later);
        assertEquals("True", condition(first, "Ready"));
        assertEquals("False", condition(status(first, new Running(BEGAN), false, NOW), "Ready"));
        assertEquals("127.9.1.1", first.getPodIP());
    }

    @Test
    void aPodWithoutAnAddressTellsNone() {
        var view = new PodView(new PodBuilder().withNewSpec().endSpec().build(), new PodStatus(), List.of(), List.of(),
                "", "127.0.0.1", BEGAN,
                "NodeRestart", "why", false);

        var status = PodReport.status(view, NOW);

        assertNull(status.getPodIP());
        assertEquals("Failed", status.getPhase());
        assertEquals("NodeRestart", status.getReason());
    }

    private static String phase(String policy, ContainerState state, @Nullable Terminated last) {
        return status(policy, new PodStatus(), state, last, false, NOW).getPhase();
    }

    private static PodStatus status(PodStatus before, ContainerState state, boolean ready, Instant now) {
        return status("Always", before, state, null, ready, now);
    }

    private static PodStatus status(String policy, PodStatus before, ContainerState state, @Nullable Terminated last,
            boolean ready, Instant now) {
        var pod = new PodBuilder().withNewSpec().withRestartPolicy(policy).endSpec().build();
        var container = new ContainerView("main", "image", state, last, 0, true, ready);
        return PodReport.status(new PodView(pod, before, List.of(), List.of(container), "127.9.1.1", "127.0.0.1", BEGAN,
                null, null, false), now);
    }

    private static Terminated ended(int code) {
        return new Terminated(BEGAN, Exit.of(code), 0);
    }

    private static String condition(PodStatus status, String type) {
        return status.getConditions()
                .stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow()
                .getStatus();
    }
}
