package io.claudeflow.swarm.hivemind.ledger;

import static io.claudeflow.swarm.hivemind.ledger.Samples.agent;
import static io.claudeflow.swarm.hivemind.ledger.Samples.assignment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.claudeflow.swarm.hivemind.ledger.LedgerCommand.DecideSubtask;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand.Ending;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Resume;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.Timeouts;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Graphs of subtasks. */
class WorkflowTest {
    private static final Retries NONE = new Retries(0, Duration.ofSeconds(1), Duration.ofSeconds(1), OnLost.RETRY);

    private final TestLedger ledger = new TestLedger();

    @BeforeEach
    void agents() {
        ledger.apply(new LedgerCommand.Lead(1, 0, 5_000),
                new LedgerCommand.DeclareAgents(List.of(agent("a", 100)), Long.MAX_VALUE));
    }

    private static Subtask sub(String name, String... dependsOn) {
        return new Subtask(name, "run " + name, List.of(dependsOn), null, null, List.of(), 0, false);
    }

    private static Subtask when(String name, String condition, String... dependsOn) {
        return new Subtask(name, "run " + name, List.of(dependsOn), null, condition, List.of(), 0, false);
    }

    private static Subtask optional(String name, String... dependsOn) {
        return new Subtask(name, "run " + name, List.of(dependsOn), null, null, List.of(), 0, true);
    }

    private void submit(String script, boolean failFast, Subtask... subtasks) {
        var spec = new TaskSpec("shell", script, Map.of(), Map.of(), 50, Matching.ANY, Timeouts.DEFAULT, NONE,
                Resume.NEVER, StepPlace.AGENT, new Workflow(Arrays.asList(subtasks), failFast));
        ledger.apply(Samples.submit("t", TaskOrigin.KUBERNETES, spec));
    }

    private Step step(String path) {
        return Objects.requireNonNull(ledger.task("t").step(path));
    }

    private void assign(String path) {
        var key = new StepKey("t", path, step(path).begun() + 1);
        assertInstanceOf(LedgerResult.Done.class, ledger.apply(new LedgerCommand.Assign(key, assignment("a"))));
    }

    private void end(String path, Ending ending, String result) {
        if (step(path).phase() == StepPhase.WAITING) {
            assign(path);
        }
        ledger.apply(new LedgerCommand.StepFinished(new StepKey("t", path, step(path).begun()), "a", ending, 0, result,
                false, 1, ""));
    }

    private void done(String path, String result) {
        end(path, Ending.SUCCEEDED, result);
    }

    /** Phases by path, those of steps that have ended as what they ended in. */
    private String phases() {
        return ledger.task("t")
                .steps()
                .stream()
                .map(step -> step.path().replace("sub/", "") + ":"
                        + (step.end() == null ? step.phase() : step.end().kind()))
                .toList()
                .toString();
    }

    private @Nullable Outcome outcome() {
        return ledger.task("t").outcome();
    }

    @Test
    void subtasksRunInTheOrderOfTheirDependenciesAndTheTaskLast() {
        submit("sum up", true, sub("a"), sub("b", "a"), sub("c", "a"), sub("d", "b", "c"));
        assertEquals("[:BLOCKED, a:WAITING, b:BLOCKED, c:BLOCKED, d:BLOCKED]", phases());
        done("sub/a", "one");
        assertEquals("[:BLOCKED, a:COMPLETED, b:WAITING, c:WAITING, d:BLOCKED]", phases());
        done("sub/c", "three");
        done("sub/b", "two");
        assertEquals(Map.of("b", "two", "c", "three"), Results.inputs(ledger.task("t"), "sub/d"));
        done("sub/d", "four");
        assertEquals(StepPhase.WAITING, step("").phase());
        assertEquals(4, Results.inputs(ledger.task("t"), "").size());
        assertEquals(80, ledger.task("t").state().progressPercent());
        done("", "all");
        assertEquals("all", Objects.requireNonNull(outcome()).result());
    }

    @Test
    void withoutAScriptTheLastSubtasksAreTheResult() {
        submit("", true, sub("a"), sub("b", "a"));
        done("sub/a", "one");
        done("sub/b", "two");
        assertEquals("two", Objects.requireNonNull(outcome()).result());
        assertEquals(TaskPhase.COMPLETED, ledger.task("t").phase());
    }

    @Test
    void itemsFanOutAsManyAtOnceAsAllowed() {
        submit("", true, new Subtask("f", "x", List.of(), null, null, List.of("x", "y\"", "z"), 2, false), sub("g"));
        assertEquals("[:BLOCKED, f/0:WAITING, f/1:WAITING, f/2:QUEUED, g:WAITING]", phases());
        done("sub/f/1", "b");
        assertEquals("[:BLOCKED, f/0:WAITING, f/1:COMPLETED, f/2:WAITING, g:WAITING]", phases());
        done("sub/f/0", "a \"quoted\"");
        done("sub/f/2", "c");
        done("sub/g", "g");
        assertEquals("{\"f\": [\"a \\\"quoted\\\"\", \"b\", \"c\"], \"g\": \"g\"}",
                Objects.requireNonNull(outcome()).result());
    }

    @Test
    void aConditionIsDecidedByTheLogOnce() {
        submit("", true, sub("a"), when("b", "false", "a"), sub("c", "b"));
        done("sub/a", "");
        assertEquals("[:BLOCKED, a:COMPLETED, b:DECIDING, c:BLOCKED]", phases());
        ledger.apply(new DecideSubtask("t", "b", DecideSubtask.Decision.SKIP, "it does not hold"));
        assertEquals("[:BLOCKED, a:COMPLETED, b:SKIPPED, c:WAITING]", phases());
        ledger.apply(new DecideSubtask("t", "b", DecideSubtask.Decision.RUN, ""));
        assertEquals("[:BLOCKED, a:COMPLETED, b:SKIPPED, c:WAITING]", phases(), "the first one counts");
        done("sub/c", "");
        assertEquals(TaskPhase.COMPLETED, ledger.task("t").phase());
    }

    @Test
    void aConditionThatCannotBeWorkedOutFailsItsSubtask() {
        submit("", true, when("a", "nonsense"));
        ledger.apply(new DecideSubtask("t", "a", DecideSubtask.Decision.FAIL, "no such thing"));
        var end = Objects.requireNonNull(outcome());
        assertEquals("SubtaskFailed", end.reason());
        assertEquals("subtask a failed: no such thing", end.message());
    }

    @Test
    void theFirstFailureEndsTheRest() {
        submit("sum up", true, sub("a"), sub("b"), sub("c", "b"));
        assign("sub/b");
        end("sub/a", Ending.FAILED, "");
        assertEquals("[:SUSPENDED, a:FAILED, b:CANCELLING, c:CANCELLED]", phases());
        assertNull(outcome(), "its agent is asked first");
        end("sub/b", Ending.CANCELLED, "");
        var end = Objects.requireNonNull(outcome());
        assertEquals(TaskPhase.FAILED, end.phase());
        assertEquals("SubtaskFailed", end.reason());
    }

    @Test
    void withoutFailFastWhatDoesNotDependOnItGoesOn() {
        submit("sum up", false, sub("a"), sub("b"), sub("c", "a"), sub("d", "c"), sub("e", "b"));
        end("sub/a", Ending.FAILED, "");
        assertEquals("[:BLOCKED, a:FAILED, b:WAITING, c:FAILED, d:FAILED, e:BLOCKED]", phases());
        done("sub/b", "");
        done("sub/e", "");
        assertEquals(TaskPhase.FAILED, ledger.task("t").phase());
        assertEquals(0, step("").begun(), "the task's own script does not run");
    }

    @Test
    void anOptionalSubtaskMayFail() {
        submit("", true, optional("a"), sub("b", "a"));
        end("sub/a", Ending.FAILED, "");
        done("sub/b", "fine");
        assertEquals("fine", Objects.requireNonNull(outcome()).result());
    }

    @Test
    void aCycleFailsWithItsNames() {
        submit("", true, sub("x"), sub("a", "c", "x"), sub("b", "a"), sub("c", "b"));
        var end = Objects.requireNonNull(outcome());
        assertEquals("Cycle", end.reason());
        assertEquals("subtasks depend on one another: a -> c -> b -> a", end.message());
    }

    @Test
    void cancelSuspendAndDeadlineAreOfAllItsSteps() {
        submit("sum up", true, sub("a"), sub("b"), sub("c", "b"));
        assign("sub/a");
        ledger.apply(new LedgerCommand.Update("t", 2, true, 50));
        assertEquals("[:BLOCKED, a:CANCELLING, b:SUSPENDED, c:BLOCKED]", phases());
        end("sub/a", Ending.CANCELLED, "");
        assertEquals(TaskPhase.SUSPENDED, ledger.task("t").phase());
        ledger.apply(new LedgerCommand.Update("t", 3, false, 50));
        assertEquals("[:BLOCKED, a:WAITING, b:WAITING, c:BLOCKED]", phases());
        assign("sub/b");
        ledger.apply(new LedgerCommand.Cancel("t", "no"));
        assertEquals("[:SUSPENDED, a:CANCELLED, b:CANCELLING, c:CANCELLED]", phases());
        end("sub/b", Ending.SUCCEEDED, "late");
        assertEquals(TaskPhase.CANCELLED, ledger.task("t").phase());
    }

    @Test
    void aLostAgentsStepsRunAgain() {
        var spec = new TaskSpec("shell", "", Map.of(), Map.of(), 50, Matching.ANY, Timeouts.DEFAULT, Retries.DEFAULT,
                Resume.NEVER, StepPlace.AGENT, new Workflow(List.of(sub("a"), sub("b")), true));
        ledger.apply(Samples.submit("t", TaskOrigin.KUBERNETES, spec));
        assign("sub/a");
        assign("sub/b");
        ledger.apply(new LedgerCommand.LoseAgent("a", "silent"));
        assertEquals("[:BLOCKED, a:BACKOFF, b:BACKOFF]", phases());
        ledger.tick(2_000);
        done("sub/a", "");
        done("sub/b", "");
        assertEquals(TaskPhase.COMPLETED, ledger.task("t").phase());
    }
}
