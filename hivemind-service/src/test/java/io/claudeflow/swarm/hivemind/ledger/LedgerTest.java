package io.claudeflow.swarm.hivemind.ledger;

import static io.claudeflow.swarm.hivemind.ledger.Samples.SPEC;
import static io.claudeflow.swarm.hivemind.ledger.Samples.agent;
import static io.claudeflow.swarm.hivemind.ledger.Samples.assignment;
import static io.claudeflow.swarm.hivemind.ledger.Samples.finished;
import static io.claudeflow.swarm.hivemind.ledger.Samples.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.ledger.LedgerCommand.Ending;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Verdict;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Verdict.Kind;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.AckTasks;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply.Submitted.Outcome;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import io.claudeflow.swarm.mesh.hivemind.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Retries NEVER = new Retries(3, Duration.ofSeconds(1), Duration.ofSeconds(9), OnLost.NEVER);
    private static final Retries NONE = new Retries(0, Duration.ofSeconds(1), Duration.ofSeconds(9), OnLost.RETRY);

    private final TestLedger ledger = new TestLedger();

    @BeforeEach
    void agents() {
        ledger.apply(new LedgerCommand.Lead(1, 0, 5_000), new LedgerCommand.DeclareAgents(
                List.of(agent("a", 2), agent("b", 2)), Long.MAX_VALUE));
    }

    private void running(String task, TaskSpec spec, String agent) {
        ledger.apply(submit(task, TaskOrigin.KUBERNETES, spec));
        assign(task, 1, agent);
        ledger.apply(new LedgerCommand.StepStarted(new StepKey(task, "", 1), agent));
    }

    private LedgerResult assign(String task, int attempt, String agent) {
        return ledger.apply(new LedgerCommand.Assign(new StepKey(task, "", attempt), assignment(agent)));
    }

    private List<String> kinds(String task) {
        return ledger.task(task).transitions().stream().map(TaskTransition::kind).toList();
    }

    @Test
    void submissionAndAssignmentRideTogether() {
        var about = new Task.About("t", TaskOrigin.CLIENT, "ns", "n", "", 1, SPEC, "");
        ledger.apply(new LedgerCommand.Submit(about, assignment("a")));
        assertEquals(StepPhase.ASSIGNED, ledger.step("t").phase());
        assertEquals(List.of("Submitted", "Assigned"), kinds("t"));
        assertEquals(TaskPhase.PENDING, ledger.task("t").phase());
    }

    @Test
    void aSubmissionTwiceIsADuplicateAndAfterTheEndFinished() {
        running("t", SPEC, "a");
        var again = submit("t", TaskOrigin.KUBERNETES, SPEC);
        assertEquals(Outcome.DUPLICATE, ((LedgerResult.Submitted) ledger.apply(again)).outcome());
        ledger.apply(finished("t", 1, "a", Ending.SUCCEEDED));
        assertEquals(Outcome.FINISHED, ((LedgerResult.Submitted) ledger.apply(again)).outcome());
        ledger.apply(new LedgerCommand.Ack(List.of(new AckTasks.Ack("t", ledger.task("t").seq()))));
        assertNull(ledger.find("t"));
        assertEquals(Outcome.FINISHED, ((LedgerResult.Submitted) ledger.apply(again)).outcome(), "a tombstone knows");
    }

    @Test
    void anAcknowledgementOfAnOlderStateKeepsTheTask() {
        running("t", SPEC, "a");
        long old = ledger.task("t").seq();
        ledger.apply(finished("t", 1, "a", Ending.SUCCEEDED));
        ledger.apply(new LedgerCommand.Ack(List.of(new AckTasks.Ack("t", old))));
        assertEquals(TaskPhase.COMPLETED, ledger.task("t").phase());
    }

    @Test
    void assignmentIsACompareAndSet() {
        ledger.apply(submit("t", TaskOrigin.KUBERNETES, SPEC));
        assertInstanceOf(LedgerResult.Refused.class, assign("t", 2, "a"), "the wrong attempt");
        assertInstanceOf(LedgerResult.Refused.class, assign("t", 1, "nobody"));
        assertInstanceOf(LedgerResult.Done.class, assign("t", 1, "a"));
        assertInstanceOf(LedgerResult.Refused.class, assign("t", 1, "b"), "taken");
        for (var task : List.of("u", "v")) {
            ledger.apply(submit(task, TaskOrigin.KUBERNETES, SPEC));
        }
        assertInstanceOf(LedgerResult.Done.class, assign("u", 1, "a"));
        assertInstanceOf(LedgerResult.Refused.class, assign("v", 1, "a"), "no room");
    }

    @Test
    void aResultTwiceIsADuplicateAndFromAnotherAgentFenced() {
        running("t", SPEC, "a");
        assertEquals(new Verdict(Kind.FENCED), ledger.apply(finished("t", 1, "b", Ending.SUCCEEDED)));
        assertEquals(new Verdict(Kind.STORED), ledger.apply(finished("t", 1, "a", Ending.SUCCEEDED)));
        assertEquals(new Verdict(Kind.DUPLICATE), ledger.apply(finished("t", 1, "a", Ending.SUCCEEDED)));
        assertEquals(new Verdict(Kind.FENCED), ledger.apply(finished("nothing", 1, "a", Ending.SUCCEEDED)));
        assertEquals("out of 1", Objects.requireNonNull(ledger.task("t").outcome()).result());
    }

    @Test
    void failuresAreRetriedWithDoublingBackoffUntilTheLimit() {
        running("t", SPEC, "a");
        ledger.apply(finished("t", 1, "a", Ending.FAILED));
        assertEquals(StepPhase.BACKOFF, ledger.step("t").phase());
        assertTrue(between(800, 1_200, ledger.step("t").deadline() - ledger.time()));
        ledger.tick(1_300);
        assertEquals(StepPhase.WAITING, ledger.step("t").phase());
        assign("t", 2, "b");
        assertEquals(new Verdict(Kind.DUPLICATE), ledger.apply(finished("t", 1, "a", Ending.FAILED)));
        ledger.apply(finished("t", 2, "b", Ending.TIMED_OUT));
        assertTrue(between(1_600, 2_400, ledger.step("t").deadline() - ledger.time()));
        ledger.tick(2_500);
        assign("t", 3, "a");
        ledger.apply(finished("t", 3, "a", Ending.FAILED));
        var outcome = Objects.requireNonNull(ledger.task("t").outcome());
        assertEquals(TaskPhase.FAILED, outcome.phase());
        assertEquals("ExitCode", outcome.reason());
        assertEquals(3, ledger.task("t").state().attempts());
        assertEquals(1, ledger.task("t").state().exitCode());
    }

    @Test
    void aLostAgentsStepsRunAgainAndItsResultIsFenced() {
        running("t", SPEC, "a");
        ledger.apply(new LedgerCommand.LoseAgent("a", "silent"));
        assertEquals(new Verdict(Kind.FENCED), ledger.apply(finished("t", 1, "a", Ending.SUCCEEDED)));
        assertEquals(List.of("Submitted", "Assigned", "Started", "AgentLost", "Retrying"), kinds("t"));
        ledger.tick(1_300);
        assign("t", 2, "b");
        assertEquals(new Verdict(Kind.STORED), ledger.apply(finished("t", 2, "b", Ending.SUCCEEDED)));
    }

    @Test
    void aResultBeforeTheLossWins() {
        running("t", SPEC, "a");
        ledger.apply(finished("t", 1, "a", Ending.SUCCEEDED), new LedgerCommand.LoseAgent("a", "silent"));
        assertEquals(TaskPhase.COMPLETED, ledger.task("t").phase());
    }

    @Test
    void whatMustNotRunTwiceFailsWithItsAgent() {
        running("t", Samples.spec(null, null, NEVER), "a");
        ledger.apply(new LedgerCommand.LoseAgent("a", "silent"));
        assertEquals("AgentLost", Objects.requireNonNull(ledger.task("t").outcome()).reason());
    }

    @Test
    void whoIsLostIsSoUntilItIsHeardAgainOrDeclaredGone() {
        ledger.apply(new LedgerCommand.LoseAgent("a", "silent"));
        assertEquals(List.of("a"), lost());
        ledger.apply(new LedgerCommand.DeclareAgents(List.of(agent("a", 5)), null));
        assertEquals(List.of("a"), lost(), "a new declaration is no sign of life");
        ledger.apply(new LedgerCommand.RegainAgent("a"), new LedgerCommand.RegainAgent("nobody"));
        assertEquals(List.of(), lost());
    }

    private List<String> lost() {
        return ledger.image().agents().stream().filter(Agent::lost).map(Agent::uid).toList();
    }

    @Test
    void theArrangementOfTheLatestGenerationCounts() {
        assertEquals(Topology.MESH, ledger.image().header().arrangement().topology());
        ledger.apply(new LedgerCommand.SetTopology(new Arrangement(Topology.STAR, List.of(), 2)),
                new LedgerCommand.SetTopology(new Arrangement(Topology.RING, List.of(), 1)));
        assertEquals(Topology.STAR, ledger.image().header().arrangement().topology());
    }

    @Test
    void handBackAndRestartCostNoRetry() {
        running("t", Samples.spec(null, null, NONE), "a");
        ledger.apply(new LedgerCommand.HandBackStep(new StepKey("t", "", 1), "a", Blob.of(new byte[]{7})));
        assertEquals(StepPhase.WAITING, ledger.step("t").phase());
        assertEquals(1, Objects.requireNonNull(ledger.step("t").checkpoint()).data().size());
        assign("t", 2, "a");
        ledger.apply(new LedgerCommand.RestartAgent("a", "session-a", List.of()));
        assertEquals(StepPhase.ASSIGNED, ledger.step("t").phase(), "the same process");
        ledger.apply(new LedgerCommand.RestartAgent("a", "another", List.of(new StepKey("t", "", 2))));
        assertEquals(StepPhase.ASSIGNED, ledger.step("t").phase(), "it runs there");
        ledger.apply(new LedgerCommand.RestartAgent("a", "another", List.of()));
        assertEquals(StepPhase.WAITING, ledger.step("t").phase());
        assertEquals(0, ledger.step("t").charged());
    }

    @Test
    void whatMustNotRunTwiceIsNotGivenOnWhenItIsHandedBack() {
        running("t", Samples.spec(null, null, NEVER), "a");
        ledger.apply(new LedgerCommand.HandBackStep(new StepKey("t", "", 1), "a", null));
        var outcome = Objects.requireNonNull(ledger.task("t").outcome());
        assertEquals(TaskPhase.FAILED, outcome.phase());
        assertEquals("AgentLost", outcome.reason());
    }

    @Test
    void deadlinesAreClosedInOrderBeforeTheLaterCommand() {
        running("t", SPEC, "a");
        ledger.apply(submit("u", TaskOrigin.KUBERNETES, Samples.spec(null, Duration.ofSeconds(2), NONE)));
        // Far later: the guard of t (10 s + 5 s grace + 5 s lease) and its backoff are over, u has waited too long.
        ledger.after(60_000, new LedgerCommand.Tick());
        assertEquals("QueueTimeout", Objects.requireNonNull(ledger.task("u").outcome()).reason());
        assertEquals(StepPhase.WAITING, ledger.step("t").phase());
        assertEquals(List.of("Submitted", "Assigned", "Started", "AgentLost", "Retrying"), kinds("t"));
        long closed = ledger.task("u").transitions().getLast().seq();
        assertTrue(closed < ledger.task("t").transitions().getLast().seq());
    }

    @Test
    void anAgentThatDoesNotBeginLosesTheStep() {
        ledger.apply(submit("t", TaskOrigin.KUBERNETES, SPEC));
        assign("t", 1, "a");
        ledger.tick(60_001);
        assertEquals(StepPhase.BACKOFF, ledger.step("t").phase());
        assertEquals(1, ledger.step("t").charged());
    }

    @Test
    void cancelWaitsForTheAgentOrItsGuard() {
        ledger.apply(submit("waiting", TaskOrigin.KUBERNETES, SPEC), new LedgerCommand.Cancel("waiting", "no"));
        assertEquals(TaskPhase.CANCELLED, ledger.task("waiting").phase());
        running("t", SPEC, "a");
        ledger.apply(new LedgerCommand.Cancel("t", "no"));
        assertEquals(StepPhase.CANCELLING, ledger.step("t").phase());
        assertEquals(TaskPhase.RUNNING, ledger.task("t").phase());
        ledger.apply(finished("t", 1, "a", Ending.CANCELLED));
        assertEquals(TaskPhase.CANCELLED, ledger.task("t").phase());
        running("u", SPEC, "a");
        ledger.apply(new LedgerCommand.Cancel("u", "no"));
        ledger.tick(10_001);
        assertEquals(TaskPhase.CANCELLED, ledger.task("u").phase());
    }

    @Test
    void aSweepForgetsWhatIsGone() {
        running("t", SPEC, "a");
        ledger.apply(submit("u", TaskOrigin.KUBERNETES, SPEC), submit("kept", TaskOrigin.KUBERNETES, SPEC),
                submit("client", TaskOrigin.CLIENT, SPEC));
        ledger.apply(new LedgerCommand.Sweep(Set.of("kept"), Long.MAX_VALUE));
        assertNull(ledger.find("u"));
        assertEquals(StepPhase.CANCELLING, ledger.step("t").phase());
        ledger.apply(finished("t", 1, "a", Ending.CANCELLED));
        assertNull(ledger.find("t"));
        assertEquals(TaskPhase.PENDING, ledger.task("client").phase());
    }

    @Test
    void aSweepThatArrivesLateTakesNothingAwayThatIsNewer() {
        ledger.apply(submit("old", TaskOrigin.KUBERNETES, SPEC));
        long read = ledger.image().header().seq();
        ledger.apply(submit("new", TaskOrigin.KUBERNETES, SPEC));
        ledger.apply(new LedgerCommand.Sweep(Set.of(), read));
        assertNull(ledger.find("old"));
        assertEquals(TaskPhase.PENDING, ledger.task("new").phase());
    }

    @Test
    void aCompleteSetOfAgentsThatArrivesLateTakesNothingAwayThatIsNewer() {
        long read = ledger.image().header().seq();
        var next = new AgentDeclaration("a", "c-coder-a", "pod-a2", "coder", 50, List.of(), List.of(), Map.of(), 2,
                true,
                1, null);
        ledger.apply(new LedgerCommand.DeclareAgents(List.of(next), null));
        ledger.apply(new LedgerCommand.DeclareAgents(List.of(Samples.agent("c", 2)), read));
        ledger.apply(new LedgerCommand.DeclareAgents(List.of(Samples.agent("a", 2)), read));
        assertEquals(List.of("pod-a2", "pod-c"),
                ledger.image().agents().stream().map(agent -> agent.declaration().podUid()).toList());
    }

    @Test
    void anAgentUnderANewPodLosesWhatTheOldOneHeld() {
        running("t", SPEC, "a");
        var next = new AgentDeclaration("a", "c-coder-a", "pod-a2", "coder", 50,
                List.of(), List.of(), Map.of(), 2, true, 1, null);
        ledger.apply(new LedgerCommand.DeclareAgents(List.of(next), null));
        assertEquals(StepPhase.BACKOFF, ledger.step("t").phase());
        ledger.apply(new LedgerCommand.RemoveAgents(List.of("pod-a"), "an old word"));
        assertEquals(2, ledger.image().agents().size());
        ledger.apply(new LedgerCommand.RemoveAgents(List.of("pod-a2"), "deleted"));
        assertEquals(1, ledger.image().agents().size());
    }

    @Test
    void aDrainAssignsNothingAndIsOverWhenNothingIsHeld() {
        running("t", SPEC, "a");
        ledger.apply(new LedgerCommand.BeginDrain(30_000, "deleted"));
        assertInstanceOf(LedgerResult.Refused.class, ledger.apply(submit("u", TaskOrigin.KUBERNETES, SPEC)));
        ledger.apply(new LedgerCommand.HandBackStep(new StepKey("t", "", 1), "a", null));
        assertTrue(Objects.requireNonNull(ledger.image().header().drain()).drained());
        assertInstanceOf(LedgerResult.Refused.class, assign("t", 2, "b"));
    }

    @Test
    void theTailTellsEachChangeOnceWithTombstones() {
        running("t", SPEC, "a");
        ledger.apply(submit("u", TaskOrigin.KUBERNETES, SPEC));
        var view = new LedgerView(ledger.image(), Step.NEVER);
        var all = Objects.requireNonNull(view.changes(0, 1));
        assertEquals(2, all.tasks().size(), "complete from 0");
        var first = Objects.requireNonNull(view.changes(1, 1));
        assertEquals(List.of("t"), first.tasks().stream().map(Task::uid).toList());
        var second = Objects.requireNonNull(view.changes(first.next(), 1));
        assertEquals(List.of("u"), second.tasks().stream().map(Task::uid).toList());
        assertTrue(Objects.requireNonNull(view.changes(second.next(), 1)).tasks().isEmpty());

        var entry = ledger.entry(new LedgerCommand.Cancel("u", "no"),
                new LedgerCommand.Sweep(Set.of("t"), Long.MAX_VALUE));
        entry.changes().forEach(view::take);
        view.applied(entry);
        assertEquals(List.of("u"), Objects.requireNonNull(view.changes(second.next(), 9)).gone());
        var late = ledger.entryAfter(Tail.MAX_AGE_MILLIS + 1_000, new LedgerCommand.Tick());
        late.changes().forEach(view::take);
        view.applied(late);
        assertNull(view.changes(second.next(), 9), "resync: the tombstone is gone");
        assertNull(view.changes(view.seq() + 1, 9), "resync: of another epoch");
    }

    @Test
    void anEntryOfAnotherEpochChangesNothing() {
        var before = ledger.image();
        var result = ledger.ofEpoch(9, submit("t", TaskOrigin.KUBERNETES, SPEC));
        assertInstanceOf(LedgerResult.Refused.class, result);
        assertEquals(before, ledger.image());
    }

    private static boolean between(long low, long high, long value) {
        return low <= value && value <= high;
    }
}
