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
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.Resume;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.Timeouts;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final Step WAITING = new Step("", StepPhase.WAITING, new Step.Count(0, 0, 0, 0), Step.NEVER, null,
            null, new Step.Work(null, Step.NEVER, 0), null, null,
            null);

    private final Scheduler scheduler = new Scheduler("demo");
    private long order;

    private AgentDeclaration join(String name, String type, int max, int priority, List<String> capabilities,
            List<String> specialization, Map<String, String> labels) {
        return join(name, type, max, priority, capabilities, specialization, labels, false);
    }

    private AgentDeclaration join(String name, String type, int max, int priority, List<String> capabilities,
            List<String> specialization, Map<String, String> labels, boolean reserve) {
        var declaration = new AgentDeclaration(name, name, "pod-" + name, type, priority, capabilities, specialization,
                labels, max, true, 1, null);
        scheduler.join(new Agent(declaration, order++, 0, false), new Assignment(name, name, "pod-" + name, "s"), 0,
                new Place(reserve, 0));
        return declaration;
    }

    private void join(String name, int max) {
        join(name, "coder", max, 50, List.of(), List.of(), Map.of());
    }

    private static TaskSpec spec(int priority, @Nullable String type, List<String> capabilities,
            List<String> specialization, Map<String, String> selector) {
        return new TaskSpec("shell", "", Map.of(), Map.of(), priority,
                new Matching(type, capabilities, specialization, selector), Timeouts.DEFAULT, Retries.DEFAULT,
                Resume.NEVER, StepPlace.AGENT, Workflow.NONE);
    }

    private static TaskSpec plain(int priority) {
        return spec(priority, null, List.of(), List.of(), Map.of());
    }

    private void add(String uid, TaskSpec spec) {
        add(uid, "somebody", 0, spec);
    }

    private void add(String uid, String submitter, long time, TaskSpec spec) {
        long age = order++;
        scheduler.add(new Task(new Task.About(uid, TaskOrigin.CLIENT, "ns", uid, submitter, 1, spec, ""),
                new Task.Birth(age, Instant.EPOCH, time, Step.NEVER), age, List.of(WAITING), false, null, null,
                List.of()), WAITING);
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
    void aReserveIsGivenWhatNobodyElseMayDo() {
        join("hub", "coordinator", 9, 99, List.of("plan"), List.of("all"), Map.of(), true);
        join("spoke", 1);
        add("any", plain(50));
        add("waits", plain(50));
        add("plan", spec(50, null, List.of("plan"), List.of(), Map.of()));
        add("named", spec(50, null, List.of(), List.of(), Map.of("name", "hub")));
        assertEquals(List.of("any>spoke", "plan>hub", "named>hub"), place(), "a busy spoke is waited for");
        scheduler.leave("spoke");
        assertEquals(List.of("waits>hub"), place(), "nobody else is there");
        join("another", 1);
        add("next", plain(50));
        assertEquals(List.of("next>another"), place());
        add("last", plain(50));
        assertNull(scheduler.choose(plain(50)));
        scheduler.move("hub", Place.ANYWHERE);
        assertEquals(List.of("last>hub"), place());
    }

    @Test
    void ranksComeBeforeLoadAndAStepMayBeForOneAgentAlone() {
        for (var name : List.of("c", "a", "b")) {
            join(name, 2);
            scheduler.move(name, new Place(false, name.charAt(0)));
        }
        IntStream.range(0, 3).forEach(n -> add("t" + n, plain(50)));
        assertEquals(List.of("t0>a", "t1>a", "t2>b"), place());
        var agent = new Agent(new AgentDeclaration("a", "a", "pod-a", "coder", 50, List.of(), List.of(), Map.of(), 2,
                true, 1, null), 1, 0, false);
        scheduler.add(new Task(new Task.About("one", TaskOrigin.CLIENT, "ns", "one", "somebody", 1, plain(50), ""),
                new Task.Birth(99, Instant.EPOCH, 0, Step.NEVER), 99, List.of(WAITING), false, null, null, List.of()),
                WAITING, agent);
        assertEquals(List.of(), place(), "it is busy");
        scheduler.release("a");
        assertEquals(List.of("one>a"), place());
    }

    @Test
    void theReserveGathersTheResultsOfOthers() {
        join("hub", "coordinator", 9, 50, List.of(), List.of(), Map.of(), true);
        join("spoke", "executor", 9, 50, List.of(), List.of(), Map.of());
        var workflow = new Workflow(List.of(subtask("map", null), subtask("reduce", null, "map"),
                subtask("report", "executor", "map")), true);
        var spec = new TaskSpec("shell", "last", Map.of(), Map.of(), 50, Matching.ANY, Timeouts.DEFAULT,
                Retries.DEFAULT, Resume.NEVER, StepPlace.AGENT, workflow);
        for (var path : List.of("sub/map", "sub/reduce", "sub/report", "")) {
            add(path, spec, path);
        }
        assertEquals(List.of("sub/map>spoke", "sub/reduce>hub", "sub/report>spoke", ">hub"), place());
        scheduler.leave("hub");
        add("", spec, "");
        assertEquals(List.of(">spoke"), place());
    }

    private static Subtask subtask(String name, @Nullable String type, String... needs) {
        return new Subtask(name, "run", List.of(needs), type, null, List.of(), 0, false);
    }

    private void add(String uid, TaskSpec spec, String path) {
        long age = order++;
        var step = new Step(path, StepPhase.WAITING, new Step.Count(0, 0, 0, 0), Step.NEVER, null, null,
                new Step.Work(null, Step.NEVER, 0), null, null, null);
        scheduler.add(new Task(new Task.About(uid, TaskOrigin.CLIENT, "ns", uid, "somebody", 1, spec, ""),
                new Task.Birth(age, Instant.EPOCH, 0, Step.NEVER), age, List.of(step), false, null, null, List.of()),
                step);
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
    void whoWaitsLongBecomesUrgent() {
        add("low", "somebody", 0, plain(0));
        add("high", "somebody", 100 * Waiting.AGEING_MILLIS - 1, plain(100));
        add("later", "somebody", 100 * Waiting.AGEING_MILLIS + 1, plain(100));
        join("a", 3);
        assertEquals(List.of("high>a", "low>a", "later>a"), place());
    }

    @Test
    void submittersShareWhateverTheySubmit() {
        IntStream.range(0, 6).forEach(n -> add("flood-" + n, "flood", 0, plain(50)));
        IntStream.range(0, 2).forEach(n -> add("few-" + n, "few", 1, plain(50)));
        join("a", 9);
        assertEquals(List.of("flood-0>a", "few-0>a", "flood-1>a", "few-1>a", "flood-2>a"), place().subList(0, 5));
    }

    @Test
    void whoCallsEverythingUrgentGainsAPhaseAndNoShare() {
        IntStream.range(0, 40).forEach(n -> add("loud-" + n, "loud", 0, plain(60)));
        IntStream.range(0, 20).forEach(n -> add("calm-" + n, "calm", 0, plain(50)));
        join("a", 50);
        var placed = place();
        assertEquals(10, placed.indexOf("calm-0>a") - 1, "ten points are ten passes, and the tie goes to the older");
        var after = placed.subList(11, 31);
        assertEquals(10, after.stream().filter(step -> step.startsWith("calm")).count(), () -> after.toString());
    }

    @Test
    void anUrgentStepOvertakesTheBacklogOfItsSubmitter() {
        IntStream.range(0, 1_000).forEach(n -> add("t" + n, plain(50)));
        add("urgent", plain(75));
        join("a", 1);
        assertEquals(List.of("urgent>a"), place());
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

    @Test
    void theBestSuitedOfAllCrewsDoesItAndTheLeastBusyAmongEquals() {
        join("busy", "coder", 2, 50, List.of(), List.of("java"), Map.of());
        join("idle", "tester", 2, 50, List.of(), List.of("java"), Map.of());
        join("other", "tester", 2, 50, List.of(), List.of("sql"), Map.of());
        scheduler.occupy("busy");
        add("t1", spec(50, null, List.of(), List.of("java"), Map.of()));
        add("t2", spec(50, "coder", List.of(), List.of("java"), Map.of()));
        add("t3", spec(50, null, List.of(), List.of("java"), Map.of()));
        add("t4", spec(50, null, List.of(), List.of("java"), Map.of()));
        assertEquals(List.of("t1>idle", "t2>busy", "t3>idle", "t4>other"), place());
    }

    @Test
    void manyWishesThatAnyAgentMeetsArePlacedInOrderAndForgottenWhenIdle() {
        IntStream.range(0, 2_000).forEach(n -> add("t" + n, spec(50, null, List.of(), List.of("w" + n), Map.of())));
        join("a", 2_000);
        var expected = IntStream.range(0, 2_000).mapToObj(n -> "t" + n).toList();
        var placed = scheduler.place(10_000).stream().map(placement -> placement.step().taskUid()).toList();
        assertEquals(expected, placed);
        scheduler.leave("a");
        join("b", 1);
        add("again", spec(50, null, List.of(), List.of("w0"), Map.of()));
        assertEquals(List.of("again>b"), place());
    }

    @Test
    void decidesWhatASearchOverEverythingWould() {
        var random = new Random(7);
        var agents = new TreeMap<String, AgentDeclaration>();
        var reserves = new HashSet<String>();
        var used = new HashMap<String, Integer>();
        var waiting = new ArrayList<Map.Entry<String, TaskSpec>>();
        for (int round = 0; round < 2_000; round++) {
            var name = (random.nextBoolean() ? "demo-coder-" : "demo-tester-") + random.nextInt(20);
            switch (random.nextInt(7)) {
                case 0 -> {
                    int n = random.nextInt(6);
                    reserves.remove(name);
                    agents.put(name, join(name, name.split("-")[1], 1 + n % 2, 50, List.of("c" + n % 3),
                            List.of("s" + n), Map.of()));
                    used.put(name, 0);
                }
                case 1 -> {
                    scheduler.leave(name);
                    agents.remove(name);
                    reserves.remove(name);
                }
                case 3 -> {
                    if (agents.containsKey(name) && !reserves.remove(name)) {
                        reserves.add(name);
                    }
                    scheduler.move(name, new Place(reserves.contains(name), 0));
                }
                case 2 -> {
                    scheduler.release(name);
                    used.computeIfPresent(name, (_, places) -> Math.max(0, places - 1));
                }
                default -> {
                    var selector = random.nextInt(4) == 0
                            ? Map.of("name", name.substring(5))
                            : Map.<String, String>of();
                    var wish = spec(random.nextInt(101), random.nextBoolean() ? "coder" : null,
                            List.of("c" + random.nextInt(3)), List.of("s" + random.nextInt(6)), selector);
                    waiting.add(Map.entry("t" + round, wish));
                    add("t" + round, wish);
                }
            }
            for (var placed = scheduler.place(1); !placed.isEmpty(); placed = scheduler.place(1)) {
                var first = waiting.stream()
                        .filter(task -> agents.values()
                                .stream()
                                .anyMatch(agent -> fits(task.getValue(), agent, used, agents, reserves)))
                        .max(Comparator.comparingInt(task -> task.getValue().priority()))
                        .orElseThrow();
                assertEquals(first.getKey(), placed.getFirst().step().taskUid());
                waiting.remove(first);
                var to = placed.getFirst().to().agentUid();
                var demand = Demand.of(first.getValue(), false);
                var best = agents.values()
                        .stream()
                        .filter(agent -> fits(first.getValue(), agent, used, agents, reserves))
                        .min(Comparator.<AgentDeclaration>comparingInt(agent -> -demand.fitness(agent))
                                .thenComparingDouble(agent -> load(agent, used)))
                        .orElseThrow();
                var chosen = agents.getOrDefault(to, best);
                assertTrue(fits(first.getValue(), chosen, used, agents, reserves), to);
                assertEquals(demand.fitness(best), demand.fitness(chosen));
                assertEquals(load(best, used), load(chosen, used));
                used.merge(to, 1, Integer::sum);
            }
            assertTrue(waiting.stream()
                    .noneMatch(task -> agents.values()
                            .stream()
                            .anyMatch(agent -> fits(task.getValue(), agent, used, agents, reserves))));
        }
        assertEquals(waiting.size(), scheduler.waiting());
        assertTrue(waiting.size() > 20 && waiting.size() < 900, "some were placed and some wait: " + waiting.size());
    }

    private static double load(AgentDeclaration agent, Map<String, Integer> used) {
        return (double) used.getOrDefault(agent.name(), 0) / agent.maxConcurrentTasks();
    }

    private static boolean fits(TaskSpec spec, AgentDeclaration agent, Map<String, Integer> used,
            Map<String, AgentDeclaration> agents, Set<String> reserves) {
        return load(agent, used) < 1 && admits(spec, agent)
                && (!reserves.contains(agent.name()) || agents.values()
                        .stream()
                        .noneMatch(other -> !reserves.contains(other.name()) && admits(spec, other)));
    }

    private static boolean admits(TaskSpec spec, AgentDeclaration agent) {
        var wanted = spec.matching();
        var name = wanted.selector().get("name");
        return (wanted.agentType() == null || wanted.agentType().equals(agent.type()))
                && agent.capabilities().containsAll(wanted.capabilities())
                && (name == null || agent.name().equals("demo-" + name));
    }
}
