package io.claudeflow.swarm.hivemind.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.ledger.Samples;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.sim.QuietSwarm;
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
import org.junit.jupiter.api.Test;

/** The leader in quiet times, with one agent of three places, in virtual time. */
class CoordinatorTest {
    private final QuietSwarm swarm = new QuietSwarm(7, 1);

    private Future<HivemindReply> ask(HivemindCommand command) {
        return swarm.leader().handle(command);
    }

    /** Of a client: nobody acknowledges its end, so it stays in the ledger. */
    private void submit(String uid) {
        tell(new HivemindCommand.SubmitTask(uid, TaskOrigin.CLIENT, "ns", uid, "", 1, Samples.SPEC, ""));
    }

    private void tell(HivemindCommand command) {
        assertFalse(ask(command).failed());
    }

    private SwarmState state() {
        return Objects.requireNonNull(swarm.leader().state());
    }

    private Task task(String uid) {
        return swarm.image().tasks().stream().filter(task -> task.uid().equals(uid)).findFirst().orElseThrow();
    }

    @Test
    void presenceNamesWhoIsConnected() {
        var presence = assertInstanceOf(HivemindReply.Presence.class,
                ask(new HivemindCommand.ReadPresence()).result());
        assertEquals(Set.of("a0"), presence.connectedAgentUids());
        assertEquals(Map.of("coder", 1), presence.state().connectedByType());
        swarm.kill(0);
        swarm.run(10);
        assertTrue(state().connectedByType().isEmpty());
    }

    @Test
    void followersSayWhoLeads() {
        var follower = swarm.follower();
        assertEquals(new HivemindReply.NotLeader(swarm.leaderOrdinal()),
                follower.handle(new HivemindCommand.ReadPresence()).result());
        follower.following(-1, 9);
        assertEquals(new HivemindReply.NotLeader(-1), follower.handle(new HivemindCommand.ReadPresence()).result());
    }

    @Test
    void aTailWaitsForAChange() {
        var empty = assertInstanceOf(HivemindReply.TaskPage.class,
                ask(new HivemindCommand.TailTasks(0, 10, Duration.ofSeconds(5))).result());
        var tail = ask(new HivemindCommand.TailTasks(empty.nextSeq(), 10, Duration.ofSeconds(5)));
        swarm.run(1_000);
        assertFalse(tail.isComplete());
        tell(new HivemindCommand.SubmitTask("t", TaskOrigin.KUBERNETES, "ns", "t", "", 1, Samples.SPEC, ""));
        swarm.run(40);
        var page = assertInstanceOf(HivemindReply.TaskPage.class, tail.result());
        assertEquals("t", page.tasks().getFirst().taskUid());
        var quiet = ask(new HivemindCommand.TailTasks(1_000_000, 10, Duration.ofSeconds(5)));
        assertInstanceOf(HivemindReply.Resync.class, quiet.result());
        swarm.run(5_000);
        var late = ask(new HivemindCommand.TailTasks(state().seq(), 10, Duration.ofMillis(100)));
        swarm.run(200);
        assertTrue(assertInstanceOf(HivemindReply.TaskPage.class, late.result()).tasks().isEmpty());
    }

    @Test
    void aRunningTaskIsCancelledByItsAgent() {
        submit("t");
        swarm.run(40);
        tell(new HivemindCommand.CancelTask("t", "not needed"));
        swarm.run(1_000);
        assertEquals(TaskPhase.CANCELLED, task("t").phase());
        assertEquals(0, state().running());
    }

    @Test
    void aDrainEndsWithTheWork() {
        submit("t");
        swarm.run(40);
        tell(new HivemindCommand.DrainSwarm(Duration.ofSeconds(30), "deleted"));
        swarm.run(40);
        assertEquals(SwarmState.Drain.DRAINING, state().drain());
        var refused = ask(new HivemindCommand.SubmitTask("u", TaskOrigin.CLIENT, "ns", "u", "", 1, Samples.SPEC, ""));
        swarm.run(40);
        assertEquals("Unavailable", assertInstanceOf(SwarmException.class, refused.cause()).code().name());
        swarm.run(5_000);
        assertEquals(SwarmState.Drain.DRAINED, state().drain());
    }

    @Test
    void aDrainEndsAtItsDeadline() {
        swarm.kill(0);
        swarm.run(10);
        submit("t");
        tell(new HivemindCommand.DrainSwarm(Duration.ofSeconds(2), "deleted"));
        swarm.run(40);
        assertEquals(SwarmState.Drain.DRAINED, state().drain(), "nothing is held");
    }

    @Test
    void whatThisReleaseCannotDoIsRefusedAtTheDoor() {
        var spec = Samples.SPEC;
        var llm = new TaskSpec("llm", spec.script(), Map.of(), Map.of(), 50, spec.matching(), spec.timeouts(),
                spec.retries(), spec.resume(), spec.place(), spec.workflow());
        var refused = ask(new HivemindCommand.SubmitTask("u", TaskOrigin.CLIENT, "ns", "u", "", 1, llm, "")).cause();
        assertEquals("executor: 'llm' is not available in this release; allowed is shell", refused.getMessage());
    }

    @Test
    void anAgentHasNoMoreThanItsPlaces() {
        for (int n = 0; n < 20; n++) {
            submit("t" + n);
        }
        swarm.run(40);
        assertEquals(3, state().running());
        swarm.run(60_000);
        assertEquals(0, state().running() + state().queued());
        assertTrue(swarm.image().tasks().stream().allMatch(Task::terminal));
    }
}
