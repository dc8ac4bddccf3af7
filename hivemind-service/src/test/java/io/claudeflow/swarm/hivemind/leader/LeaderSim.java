package io.claudeflow.swarm.hivemind.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.ledger.Samples;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Leaders come and go, agents lose their streams, freeze and die, while tasks come in. In the end every task has its end, nobody
 * holds anything, and what must not run twice has not. {@code -Dsim.seed=N} replays one run, {@code -Dsim.runs=N} makes more.
 */
class LeaderSim {
    private static final int RUNS = Integer.getInteger("sim.runs", 25);
    private static final int TASKS = 150;
    private static final int AGENTS = 5;

    @Test
    void nothingIsLostAndNothingIsStuck() {
        var given = System.getProperty("sim.seed");
        long first = given == null ? System.nanoTime() : Long.parseLong(given);
        for (long seed = first; seed < first + (given == null ? RUNS : 1); seed++) {
            try {
                history(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("replay with -Dsim.seed=" + seed, e);
            }
        }
    }

    private static void history(long seed) {
        var world = new World(seed);
        world.elect();
        world.run(2_000);
        world.found(AGENTS);
        for (int n = 0; n < TASKS; n++) {
            boolean never = n % 5 == 0;
            var retries = new Retries(50, Duration.ofMillis(50), Duration.ofSeconds(1),
                    never ? OnLost.NEVER : OnLost.RETRY);
            // No timeout: a step that its agent has forgotten would stay for ever.
            world.submit("t" + n, Samples.spec(null, null, retries));
            world.run(world.random.nextInt(400));
            trouble(world);
        }
        world.run(120_000);
        if (world.leader < 0) {
            world.elect();
        }
        world.run(120_000);
        check(world);
    }

    private static void trouble(World world) {
        var agent = world.agents.get(world.random.nextInt(AGENTS));
        switch (world.random.nextInt(40)) {
            case 0, 1 -> world.elect();
            case 2, 3 -> agent.lose();
            case 4 -> agent.freeze(world.random.nextInt(1_000, 12_000));
            case 5 -> agent.die();
            default -> {
                // Most of the time all is well.
            }
        }
    }

    private static void check(World world) {
        var tasks = world.ledger.image().tasks();
        assertEquals(TASKS, tasks.size());
        var open = tasks.stream().filter(task -> !task.terminal()).toList();
        assertEquals(List.of(), open, "every task has its end");
        var state = Objects.requireNonNull(world.replica(world.leader).state());
        assertEquals(0, state.queued());
        assertEquals(0, state.running());
        assertEquals(AGENTS, state.connectedByType().get("coder"));
        for (var task : tasks) {
            assertTrue(task.transitions().stream().noneMatch(seen -> seen.message().contains("did not begin")),
                    () -> "an assignment was not delivered: " + task);
            var begun = world.agents.stream().mapToInt(agent -> agent.begun.getOrDefault(task.uid(), 0)).sum();
            if (task.spec().retries().onLost() == OnLost.NEVER) {
                assertTrue(begun <= 1, () -> "ran twice: " + task);
            } else {
                assertEquals(TaskPhase.COMPLETED, task.phase(), () -> String.valueOf(task));
                assertTrue(begun >= 1, () -> "never ran: " + task);
            }
        }
        assertTrue(tasks.stream().map(Task::uid).distinct().count() == TASKS);
    }
}
