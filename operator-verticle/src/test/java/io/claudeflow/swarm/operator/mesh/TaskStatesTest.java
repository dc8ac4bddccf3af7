package io.claudeflow.swarm.operator.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.mesh.hivemind.HivemindReply.TaskPage;
import io.claudeflow.swarm.mesh.hivemind.Saved;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskStatesTest {
    private final List<String> heard = new ArrayList<>();
    private final TaskStates states = new TaskStates((what, name) -> heard.add(what + ":" + name));

    private static TaskState task(String uid, long seq, TaskPhase phase, String... agents) {
        return new TaskState(uid, TaskOrigin.KUBERNETES, "lab", "task-" + uid, 1, seq, phase, 1, List.of(agents), null,
                null, Instant.EPOCH, null, null, null, null, false, null, null, Saved.NOTHING,
                List.of(), List.of(), List.of());
    }

    @Test
    void keepsTheLatestStateAndTheLoadOfAgents() {
        states.heard(new TaskPage(List.of(task("1", 1, TaskPhase.PENDING)), List.of(), 2));
        states.heard(new TaskPage(List.of(task("1", 2, TaskPhase.RUNNING, "a")), List.of(), 3));
        assertEquals(1, states.runningOn("a"));
        states.heard(new TaskPage(List.of(task("1", 3, TaskPhase.RUNNING, "b")), List.of(), 4));
        assertEquals(0, states.runningOn("a"));
        assertEquals(1, states.runningOn("b"));
        assertEquals(4, states.position());
        assertTrue(heard.containsAll(List.of("TASK_CHANGED:task-1", "AGENT_LOAD_CHANGED:a", "AGENT_LOAD_CHANGED:b")));
    }

    @Test
    void forgetsWhatWasAcknowledgedUnlessItHasChangedSince() {
        states.heard(new TaskPage(List.of(task("1", 7, TaskPhase.COMPLETED)), List.of(), 8));
        states.acknowledged("1", 6);
        assertTrue(states.get("1").isPresent());
        states.acknowledged("1", 7);
        assertTrue(states.get("1").isEmpty());
    }

    @Test
    void startsAnewOnAResync() {
        states.heard(new TaskPage(List.of(task("1", 7, TaskPhase.RUNNING, "a")), List.of(), 8));
        states.resync();
        assertEquals(0, states.position());
        assertEquals(0, states.runningOn("a"));
        assertTrue(states.get("1").isEmpty());
    }
}
