package io.claudeflow.swarm.operator.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus.Phase;
import io.claudeflow.swarm.mesh.hivemind.Saved;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskStatusTest {
    private static final SwarmId SWARM = new SwarmId("lab", "c", "11111111-1111-1111-1111-111111111111");
    private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05.678Z");

    private static SwarmTask task(String spec) {
        return new KubernetesSerialization().unmarshal("""
                apiVersion: swarm.claudeflow.io/v1alpha1
                kind: SwarmTask
                metadata: {name: t, namespace: lab, uid: 22222222-2222-2222-2222-222222222222, generation: 3}
                spec: {task: x%s}
                """.formatted(spec), SwarmTask.class);
    }

    private static TaskState state(TaskPhase phase, @Nullable Integer exit, @Nullable String reason, long seconds) {
        boolean begun = phase != TaskPhase.PENDING;
        return new TaskState("22222222-2222-2222-2222-222222222222", TaskOrigin.KUBERNETES, "lab", "t", 3, 9, phase,
                begun ? 2 : 0, begun ? List.of("c-coder-0") : List.of(), begun ? 70 : null, null, BEGIN,
                begun ? BEGIN : null, phase.terminal() ? BEGIN.plusSeconds(seconds) : null, exit, "r", false, reason,
                null, Saved.NOTHING, List.of(), List.of(), List.of());
    }

    private static String said(SwarmTaskStatus status, String type) {
        var condition = Conditions.find(status.conditions(), type).orElseThrow();
        return condition.getStatus() + "/" + condition.getReason();
    }

    @Test
    void aCompletedTaskSaysWhatCameOfIt() {
        var status = TaskStatus.of(task(""), SWARM, state(TaskPhase.COMPLETED, 0, null, 95), null, BEGIN);
        assertEquals(Phase.COMPLETED, status.phase());
        assertEquals("1m35s", status.duration());
        assertEquals("2026-01-02T03:04:05.678Z", status.startedAt());
        assertEquals(100, status.progress());
        assertEquals("True/Completed", said(status, "Complete"));
        assertEquals("False/Completed", said(status, "Failed"));
        assertEquals("22222222222222222222222222222222", status.traceId());
        assertEquals(3, status.observedGeneration());
        assertNull(status.message());
    }

    @Test
    void aFailedTaskGivesTheLedgersReason() {
        var status = TaskStatus.of(task(""), SWARM, state(TaskPhase.FAILED, 7, "TimedOut", 1), null, BEGIN);
        assertEquals("True/TimedOut", said(status, "Failed"));
        assertEquals("False/Failed", said(status, "Complete"));
        assertEquals("The script ended with exit code 7.", status.message());
        assertEquals("1s", status.duration());
    }

    @Test
    void aTransitionKeepsItsTimeWhileNothingTurns() {
        var task = task("");
        task.setStatus(TaskStatus.of(task, SWARM, state(TaskPhase.PENDING, null, null, 0), null, BEGIN));
        var later = TaskStatus.of(task, SWARM, state(TaskPhase.RUNNING, null, null, 0), null, BEGIN.plusSeconds(60));
        assertEquals("2026-01-02T03:04:05Z",
                Conditions.find(later.conditions(), "Accepted").orElseThrow().getLastTransitionTime());
        task.setStatus(later);
        var end = TaskStatus.of(task, SWARM, state(TaskPhase.COMPLETED, 0, null, 0), null, BEGIN.plusSeconds(90));
        assertEquals("2026-01-02T03:05:35Z",
                Conditions.find(end.conditions(), "Complete").orElseThrow().getLastTransitionTime());
    }

    @Test
    void theEndOfItsSwarmReleasesATaskUnlessItMustNotRunTwice() {
        var binding = new TaskBinding();
        var again = task("");
        again.setStatus(TaskStatus.of(again, SWARM, state(TaskPhase.RUNNING, null, null, 0), null, BEGIN));
        assertEquals(Phase.PENDING, binding.unbound(again, BEGIN).phase());
        assertNull(binding.unbound(again, BEGIN).clusterUid());
        var once = task(", retries: {onLost: never}");
        once.setStatus(TaskStatus.of(once, SWARM, state(TaskPhase.RUNNING, null, null, 0), null, BEGIN));
        assertEquals("True/ClusterDeleted", said(binding.unbound(once, BEGIN), "Failed"));
        once.setStatus(TaskStatus.of(once, SWARM, state(TaskPhase.PENDING, null, null, 0), null, BEGIN));
        assertEquals(Phase.PENDING, binding.unbound(once, BEGIN).phase());
    }
}
