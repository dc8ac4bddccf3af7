package io.claudeflow.swarm.hivemind.ledger;

import static io.claudeflow.swarm.hivemind.ledger.Samples.agent;
import static io.claudeflow.swarm.hivemind.ledger.Samples.assignment;
import static io.claudeflow.swarm.hivemind.ledger.Samples.finished;
import static io.claudeflow.swarm.hivemind.ledger.Samples.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.ledger.LedgerCommand.Ending;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.JobAttempt;
import io.claudeflow.swarm.mesh.hivemind.JobPhase;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Resume;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import io.claudeflow.swarm.mesh.hivemind.Timeouts;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Suspension, deadlines, the budget for retries, what is kept between attempts, and Jobs. */
class WaitingAndJobsTest {
    private static final Retries RETRIES = new Retries(2, Duration.ofSeconds(1), Duration.ofSeconds(3), OnLost.RETRY);
    private static final Resume RESUME = new Resume(true, null, List.of());

    private final TestLedger ledger = new TestLedger();

    private static TaskSpec spec(@Nullable Duration deadline, Resume resume, StepPlace place) {
        return Samples.spec(new Timeouts(Duration.ofSeconds(10), null, Duration.ofSeconds(60), null, deadline,
                Duration.ofSeconds(5)), RETRIES, resume, place);
    }

    @BeforeEach
    void agents() {
        ledger.apply(new LedgerCommand.Lead(1, 0, 5_000),
                new LedgerCommand.DeclareAgents(List.of(agent("a", 2), agent("b", 2)), Long.MAX_VALUE));
    }

    private void submitted(String task, TaskSpec spec) {
        ledger.apply(submit(task, TaskOrigin.KUBERNETES, spec));
    }

    private void assign(String task, int attempt, String agent) {
        assertInstanceOf(LedgerResult.Done.class,
                ledger.apply(new LedgerCommand.Assign(new StepKey(task, "", attempt), assignment(agent))));
    }

    private void started(String task, int attempt, String agent) {
        ledger.apply(new LedgerCommand.StepStarted(new StepKey(task, "", attempt), agent));
    }

    private void report(int attempt, JobPhase phase, @Nullable Integer exit, String message) {
        ledger.apply(new LedgerCommand.JobReport(new StepKey("t", "", attempt), phase, exit, null, message));
    }

    private static AgentDeclaration pod(String uid, int attempt) {
        return new AgentDeclaration(uid, "c-coder-" + uid, "pod-" + uid, "job", 50, List.of(), List.of(), Map.of(), 1,
                false, 1, new StepKey("t", "", attempt));
    }

    private static JobAttempt wanted(int attempt) {
        return new JobAttempt(new StepKey("t", "", attempt), false);
    }

    private List<String> kinds() {
        return ledger.task("t").transitions().stream().map(TaskTransition::kind).toList();
    }

    private Outcome outcome() {
        return Objects.requireNonNull(ledger.task("t").outcome());
    }

    @Test
    void aSuspendedTaskIsStoppedAtNoCostAndGoesOn() {
        submitted("t", spec(null, Resume.NEVER, StepPlace.AGENT));
        assign("t", 1, "a");
        started("t", 1, "a");
        ledger.apply(new LedgerCommand.Update("t", 2, true, 50));
        assertEquals(StepPhase.CANCELLING, ledger.step("t").phase());
        assertEquals(TaskPhase.RUNNING, ledger.task("t").phase(), "until its agent says so");
        ledger.apply(finished("t", 1, "a", Ending.CANCELLED));
        assertEquals(TaskPhase.SUSPENDED, ledger.task("t").phase());
        ledger.apply(new LedgerCommand.Update("t", 1, false, 50));
        assertEquals(TaskPhase.SUSPENDED, ledger.task("t").phase(), "an older generation");
        ledger.apply(new LedgerCommand.Update("t", 3, false, 70));
        assertEquals(StepPhase.WAITING, ledger.step("t").phase());
        assertEquals(70, ledger.task("t").spec().priority());
        assertEquals(0, ledger.step("t").charged());
    }

    @Test
    void aTaskThatWaitsIsSuspendedAtOnce() {
        submitted("t", spec(null, Resume.NEVER, StepPlace.AGENT));
        ledger.apply(new LedgerCommand.Update("t", 2, true, 50));
        assertEquals(StepPhase.SUSPENDED, ledger.step("t").phase());
        ledger.tick(3_600_000);
        assertEquals(StepPhase.SUSPENDED, ledger.step("t").phase(), "for as long as it takes");
        ledger.apply(new LedgerCommand.Cancel("t", "no"));
        assertEquals(TaskPhase.CANCELLED, outcome().phase());
    }

    @Test
    void aResultInTheMomentOfSuspensionCounts() {
        submitted("t", spec(null, Resume.NEVER, StepPlace.AGENT));
        assign("t", 1, "a");
        ledger.apply(new LedgerCommand.Update("t", 2, true, 50), finished("t", 1, "a", Ending.SUCCEEDED));
        assertEquals(TaskPhase.COMPLETED, outcome().phase());
    }

    @Test
    void anAgentThatDoesNotStopASuspendedStepLosesItAfterTheGuard() {
        submitted("t", spec(null, Resume.NEVER, StepPlace.AGENT));
        assign("t", 1, "a");
        ledger.apply(new LedgerCommand.Update("t", 2, true, 50));
        ledger.tick(10_001);
        assertEquals(StepPhase.SUSPENDED, ledger.step("t").phase());
        ledger.apply(new LedgerCommand.Update("t", 3, false, 50));
        assign("t", 2, "b");
    }

    @Test
    void whatMustNotRunTwiceFailsWhenNobodySaysThatItWasStopped() {
        var retries = new Retries(0, Duration.ofSeconds(1), Duration.ofSeconds(1), OnLost.NEVER);
        submitted("t", new TaskSpec("shell", "echo hi", Map.of(), Map.of(), 50, Matching.ANY, Timeouts.DEFAULT, retries,
                Resume.NEVER, StepPlace.AGENT, Workflow.NONE));
        assign("t", 1, "a");
        started("t", 1, "a");
        ledger.apply(new LedgerCommand.Update("t", 2, true, 50));
        ledger.tick(40_000);
        assertEquals(TaskPhase.FAILED, outcome().phase());
        assertEquals("AgentLost", outcome().reason());
    }

    @Test
    void theDeadlineEndsWhatWaitsAtOnceAndWhatRunsThroughItsAgent() {
        var spec = spec(Duration.ofSeconds(4), Resume.NEVER, StepPlace.AGENT);
        submitted("t", spec);
        submitted("u", spec);
        assign("t", 1, "a");
        ledger.tick(4_000);
        assertEquals("DeadlineExceeded", Objects.requireNonNull(ledger.task("u").outcome()).reason());
        assertEquals(StepPhase.CANCELLING, ledger.step("t").phase());
        ledger.apply(finished("t", 1, "a", Ending.CANCELLED));
        assertEquals(TaskPhase.FAILED, outcome().phase());
        assertEquals("it was not done within its deadline of PT4S", outcome().message());
    }

    @Test
    void whatIsLostSinceTheLastCheckpointIsCountedAndTheNextAttemptGoesOn() {
        submitted("t", spec(null, RESUME, StepPlace.AGENT));
        assign("t", 1, "a");
        started("t", 1, "a");
        ledger.after(3_000, new LedgerCommand.StepCheckpoint(new StepKey("t", "", 1), "a", 1, Blob.EMPTY));
        ledger.after(500, new LedgerCommand.LoseAgent("a", "silent"));
        assertEquals(500, ledger.step("t").work().lostMillis());
        ledger.tick(1_300);
        assign("t", 2, "b");
        assertEquals(1, ledger.step("t").count().resumed());
        assertEquals("Resumed", kinds().getLast());
        var saved = ledger.task("t").state().saved();
        assertEquals(1L, saved.checkpoint());
        assertNotNull(saved.takenAt());
    }

    @Test
    void withoutResumeEveryAttemptStartsFromTheBeginning() {
        submitted("t", spec(null, Resume.NEVER, StepPlace.AGENT));
        assign("t", 1, "a");
        started("t", 1, "a");
        ledger.apply(new LedgerCommand.StepCheckpoint(new StepKey("t", "", 1), "a", 1, Blob.EMPTY));
        ledger.apply(new LedgerCommand.LoseAgent("a", "silent"));
        ledger.tick(1_300);
        assign("t", 2, "b");
        assertEquals(0, ledger.step("t").count().resumed());
    }

    @Test
    void retriesBeyondTheBudgetWaitTheirLongestBackoff() {
        ledger.apply(new LedgerCommand.DeclareAgents(List.of(agent("a", 500)), Long.MAX_VALUE));
        var one = new Retries(1, Duration.ofSeconds(1), Duration.ofSeconds(100), OnLost.RETRY);
        var tasks = IntStream.range(0, 200).mapToObj(n -> "t" + n).toList();
        for (var task : tasks) {
            submitted(task, Samples.spec(Timeouts.DEFAULT, one, Resume.NEVER, StepPlace.AGENT));
            assign(task, 1, "a");
        }
        ledger.entry(tasks.stream().map(task -> finished(task, 1, "a", Ending.FAILED)).toArray(LedgerCommand[]::new));
        long late = tasks.stream().filter(task -> ledger.step(task).deadline() - ledger.time() > 2_000).count();
        assertTrue(late >= 95 && late <= 100, "a hundred in stock, and a few for the time that passed: " + late);
        assertTrue(tasks.stream().allMatch(task -> ledger.step(task).phase() == StepPhase.BACKOFF), "none has failed");
    }

    @Test
    void aJobsStepWaitsForThePodOfThatAttemptAlone() {
        submitted("t", spec(null, RESUME, StepPlace.JOB));
        assertEquals(StepPhase.JOB_WANTED, ledger.step("t").phase());
        assertEquals(List.of(wanted(1)), ledger.task("t").state().jobs());
        var plain = new LedgerCommand.Assign(new StepKey("t", "", 1), assignment("a"));
        assertInstanceOf(LedgerResult.Refused.class, ledger.apply(plain), "not on an agent of the swarm");
        ledger.apply(new LedgerCommand.DeclareAgents(List.of(pod("j", 1)), null));
        submitted("u", spec(null, RESUME, StepPlace.AGENT));
        assertInstanceOf(LedgerResult.Refused.class,
                ledger.apply(new LedgerCommand.Assign(new StepKey("u", "", 1), assignment("j"))), "nothing else");
        assign("t", 1, "j");
        started("t", 1, "j");
        ledger.apply(new LedgerCommand.RemoveAgents(List.of("pod-j"), "deleted"));
        ledger.tick(1_300);
        assertEquals(List.of(wanted(2)), ledger.task("t").state().jobs());
        report(1, JobPhase.FAILED, 137, "too late");
        assertEquals(1, ledger.step("t").charged(), "the attempt had ended already");
        ledger.apply(new LedgerCommand.DeclareAgents(List.of(pod("k", 2)), null));
        assign("t", 2, "k");
        ledger.apply(finished("t", 2, "k", Ending.SUCCEEDED));
        assertEquals(TaskPhase.COMPLETED, outcome().phase());
        assertEquals(List.of(), ledger.task("t").state().jobs());
    }

    @Test
    void aForeignImageIsSeenFromOutside() {
        submitted("t", spec(null, Resume.NEVER, StepPlace.FOREIGN_JOB));
        report(1, JobPhase.STARTED, null, "");
        assertEquals(TaskPhase.RUNNING, ledger.task("t").phase());
        report(1, JobPhase.FAILED, 3, "the container ended with exit code 3");
        ledger.tick(1_300);
        report(2, JobPhase.STARTED, null, "");
        ledger.tick(10_001);
        assertEquals("TimedOut", ledger.task("t").transitions().isEmpty() ? "" : reasonOfRetry());
        ledger.tick(2_500);
        report(3, JobPhase.STARTED, null, "");
        report(3, JobPhase.SUCCEEDED, 0, "42");
        assertEquals("42", outcome().result());
        assertEquals(3, ledger.task("t").state().attempts());
    }

    private String reasonOfRetry() {
        var last = ledger.task("t").transitions().getLast();
        return last.kind().equals("Retrying") && last.message().contains("timeout of PT10S")
                ? "TimedOut"
                : last.message();
    }

    @Test
    void aJobThatNobodyStartsIsTriedAgain() {
        submitted("t", spec(null, Resume.NEVER, StepPlace.JOB));
        ledger.tick(60_001);
        assertEquals(StepPhase.BACKOFF, ledger.step("t").phase());
        ledger.apply(new LedgerCommand.Update("t", 2, true, 50));
        assertEquals(List.of(), ledger.task("t").state().jobs());
        ledger.apply(new LedgerCommand.Update("t", 3, false, 50));
        assertEquals(List.of(wanted(2)), ledger.task("t").state().jobs());
        ledger.apply(new LedgerCommand.Cancel("t", "no"));
        assertEquals(TaskPhase.CANCELLED, outcome().phase(), "no agent need be asked");
    }
}
