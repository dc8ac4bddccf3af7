package io.claudeflow.swarm.hivemind.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final Step WAITING = new Step("", StepPhase.WAITING, 0, 0, 0, Step.NEVER, null, null, null, null,
            null);

    private final Scheduler scheduler = new Scheduler("demo");
    private long order;

    private void join(String name, String type, int max, int priority, List<String> capabilities,
            List<String> specialization, Map<String, String> labels) {
        var declaration = new AgentDeclaration(name, name, "pod-" + name, type, priority, capabilities, specialization,
                labels, max, true, 1);
        scheduler.join(new Agent(declaration, order++), new Assignment(name, name, "pod-" + name, "s"), 0);
    }

    private void join(String name, int max) {
        join(name, "coder", max, 50, List.of(), List.of(), Map.of());
    }

    private static TaskSpec spec(int priority, @Nullable String type, List<String> capabilities,
            List<String> specialization, Map<String, String> selector) {
        return new TaskSpec("shell", "", Map.of(), Map.of(), priority, type, capabilities, specialization, selector,
                null, null, Duration.ofSeconds(60), Duration.ZERO, Retries.DEFAULT);
    }

    private static TaskSpec plain(int priority) {
        return spec(priority, null, List.of(), List.of(), Map.of());
    }

    private void add(String uid, TaskSpec spec) {
        long age = order++;
        scheduler.add(new Task(new Task.About(uid, TaskOrigin.CLIENT, "ns", uid, 1, spec, ""), age, age, Instant.EPOCH,
                List.of(WAITING), null, null, List.of()), WAITING);
    }

    private List<String> place() {
        return scheduler.place(100)
                .stream()
                .map(placement -> placement.step().taskUid() + ">" + placement.to().agentUid())
                .toList();
    }

    @Test
    void typeCapabilitiesLabelsAndNameAreDemands() {
        join("demo-coder-0", "coder", 9, 50, List.of("a", "b"), List.of(), Map.of("zone", "x"));
        join("demo-tester-0", "tester", 9, 50, List.of(), List.of(), Map.of());
        add("type", spec(50, "tester", List.of(), List.of(), Map.of()));
        add("caps", spec(50, null, List.of("b", "a"), List.of(), Map.of()));
        add("label", spec(50, null, List.of(), List.of(), Map.of("zone", "x")));
        add("name", spec(50, null, List.of(), List.of(), Map.of("name", "demo-tester-0")));
        add("short", spec(50, null, List.of(), List.of(), Map.of("name", "tester-0")));
        add("never", spec(50, "tester", List.of("a"), List.of(), Map.of()));
        assertEquals(List.of("type>demo-tester-0", "caps>demo-coder-0", "label>demo-coder-0", "name>demo-tester-0",
                "short>demo-tester-0"), place());
        assertEquals(1, scheduler.waiting());
        join("late", "tester", 1, 50, List.of("a"), List.of(), Map.of());
        assertEquals(List.of("never>late"), place());
    }

    @Test
    void priorityThenAgeDecideWhoGoesFirst() {
        add("old", plain(50));
        add("young", plain(50));
        add("urgent", spec(90, "coder", List.of(), List.of(), Map.of()));
        join("a", 2);
        assertEquals(List.of("urgent>a", "old>a"), place());
        scheduler.release("a");
        assertEquals(List.of("young>a"), place());
    }

    @Test
    void preferredWordsThenLoadThenPriorityDecideWhoDoesIt() {
        join("plain", "coder", 4, 90, List.of(), List.of(), Map.of());
        join("expert", "coder", 4, 10, List.of(), List.of("java"), Map.of());
        add("t1", spec(50, null, List.of(), List.of("java"), Map.of()));
        add("t2", plain(50));
        add("t3", plain(50));
        assertEquals(List.of("t1>expert", "t2>plain", "t3>plain"), place().stream().toList().subList(0, 3),
                "after t2 both have one of four, so the priority decides");
    }

    @Test
    void equalsShareTheWork() {
        join("a", 1);
        join("b", 1);
        var done = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            add("t" + i, plain(50));
            var placed = scheduler.place(1).getFirst().to().agentUid();
            done.add(placed);
            scheduler.release(placed);
        }
        assertEquals(List.of("a", "b", "a", "b"), done);
    }

    @Test
    void aNewTaskFindsAFreeAgentOnlyWhenNobodyWaits() {
        assertNull(scheduler.choose(plain(50)));
        join("a", 1);
        assertNotNull(scheduler.choose(plain(50)));
        assertNull(scheduler.choose(plain(50)), "the place is taken");
        add("t", plain(50));
        assertTrue(place().isEmpty());
        scheduler.release("a");
        assertEquals(List.of("t>a"), place());
    }

    @Test
    void whoLeavesIsGivenNothing() {
        join("a", 1);
        scheduler.leave("a");
        add("t", plain(50));
        assertTrue(place().isEmpty());
        scheduler.remove("t", "");
        join("a", 1);
        assertTrue(place().isEmpty());
    }

    @Test
    void manyDifferentDemandsOnManyAgentsStayQuick() {
        IntStream.range(0, 2_000).forEach(n -> join("demo-coder-" + n, 1));
        IntStream.range(0, 2_000)
                .forEach(n -> add("t" + n, spec(50, null, List.of(), List.of(), Map.of("name", "coder-" + n))));
        assertEquals(2_000, scheduler.place(10_000).size());
    }
}
