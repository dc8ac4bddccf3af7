package io.claudeflow.swarm.hivemind.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import io.claudeflow.swarm.hivemind.ledger.Samples;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The leader in quiet times, with one agent of three places, in virtual time. */
class CoordinatorTest {
    private final World world = new World(7);

    @BeforeEach
    void lead() {
        world.elect();
        world.run(2_000);
        world.found(1);
        world.run(1_000);
    }

    private Future<HivemindReply> ask(HivemindCommand command) {
        return world.replica(world.leader).handle(command);
    }

    private SwarmState state() {
        return Objects.requireNonNull(world.replica(world.leader).state());
    }

    private Task task(String uid) {
        LedgerImage image = world.ledger.image();
        return image.tasks().stream().filter(task -> task.uid().equals(uid)).findFirst().orElseThrow();
    }

    @Test
    void presenceNamesWhoIsConnected() {
        var presence = assertInstanceOf(HivemindReply.Presence.class,
                ask(new HivemindCommand.ReadPresence()).result());
        assertEquals(Set.of("a0"), presence.connectedAgentUids());
        assertEquals(Map.of("coder", 1), presence.state().connectedByType());
        world.agents.getFirst().die();
        assertTrue(state().connectedByType().isEmpty());
    }

    @Test
    void followersSayWhoLeads() {
        int follower = (world.leader + 1) % 3;
        assertEquals(new HivemindReply.NotLeader(-1),
                world.replica(follower).handle(new HivemindCommand.ReadPresence()).result());
        world.replica(follower).following(world.leader, 1);
        assertEquals(new HivemindReply.NotLeader(world.leader),
                world.replica(follower).handle(new HivemindCommand.ReadPresence()).result());
    }

    @Test
    void aTailWaitsForAChange() {
        var empty = assertInstanceOf(HivemindReply.TaskPage.class,
                ask(new HivemindCommand.TailTasks(0, 10, Duration.ofSeconds(5))).result());
        var tail = ask(new HivemindCommand.TailTasks(empty.nextSeq(), 10, Duration.ofSeconds(5)));
        world.run(1_000);
        assertTrue(!tail.isComplete());
        world.submit("t", Samples.SPEC);
        world.run(20);
        var page = assertInstanceOf(HivemindReply.TaskPage.class, tail.result());
        assertEquals("t", page.tasks().getFirst().taskUid());
        var quiet = ask(new HivemindCommand.TailTasks(1_000_000, 10, Duration.ofSeconds(5)));
        assertInstanceOf(HivemindReply.Resync.class, quiet.result());
        world.run(5_000);
        var late = ask(new HivemindCommand.TailTasks(state().seq(), 10, Duration.ofMillis(100)));
        world.run(200);
        assertTrue(assertInstanceOf(HivemindReply.TaskPage.class, late.result()).tasks().isEmpty());
    }

    @Test
    void aRunningTaskIsCancelledByItsAgent() {
        world.submit("t", Samples.SPEC);
        world.run(30);
        world.ask(new HivemindCommand.CancelTask("t", "not needed"));
        world.run(100);
        assertEquals(TaskPhase.CANCELLED, task("t").phase());
        assertEquals(0, state().running());
    }

    @Test
    void aDrainEndsWithTheWork() {
        world.submit("t", Samples.SPEC);
        world.run(30);
        world.ask(new HivemindCommand.DrainSwarm(Duration.ofSeconds(30), "deleted"));
        world.run(20);
        assertEquals(SwarmState.Drain.DRAINING, state().drain());
        var refused = ask(new HivemindCommand.SubmitTask("u", TaskOrigin.CLIENT, "ns", "u", "", 1, Samples.SPEC, ""));
        world.run(20);
        assertEquals("Unavailable", assertInstanceOf(SwarmException.class, refused.cause()).code().name());
        world.run(5_000);
        assertEquals(SwarmState.Drain.DRAINED, state().drain());
    }

    @Test
    void aDrainEndsAtItsDeadline() {
        world.agents.getFirst().die();
        world.submit("t", Samples.SPEC);
        world.ask(new HivemindCommand.DrainSwarm(Duration.ofSeconds(2), "deleted"));
        world.run(30);
        assertEquals(SwarmState.Drain.DRAINED, state().drain(), "nothing is held");
    }

    @Test
    void whatThisReleaseCannotDoIsRefusedAtTheDoor() {
        var spec = Samples.SPEC;
        var llm = new TaskSpec("llm", spec.script(), Map.of(), Map.of(), 50, spec.matching(), spec.timeouts(),
                spec.retries(), spec.resume(), spec.place());
        var refused = ask(new HivemindCommand.SubmitTask("u", TaskOrigin.CLIENT, "ns", "u", "", 1, llm, "")).cause();
        assertEquals("executor: 'llm' is not available in this release; allowed is shell", refused.getMessage());
    }

    @Test
    void anAgentHasNoMoreThanItsPlaces() {
        for (int n = 0; n < 20; n++) {
            world.submit("t" + n, Samples.SPEC);
        }
        world.run(20);
        assertEquals(3, state().running());
        assertEquals(17, state().queued());
        world.run(60_000);
        assertEquals(0, state().running() + state().queued());
        assertTrue(world.ledger.image().tasks().stream().allMatch(Task::terminal));
    }
}
