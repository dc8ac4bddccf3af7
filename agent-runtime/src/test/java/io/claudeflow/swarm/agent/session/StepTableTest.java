package io.claudeflow.swarm.agent.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.agent.session.StepTable.Decision;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTableTest {
    private final StepTable<String> table = new StepTable<>();

    @Test
    void aNewStepStarts() {
        assertEquals(new Decision.Start(List.of()), table.assign(step("a", 1), 1, false));
    }

    @Test
    void aStepThatRunsIsNotStartedAgain() {
        table.started(step("a", 1), "run");

        assertInstanceOf(Decision.Runs.class, table.assign(step("a", 1), 1, false));
        assertInstanceOf(Decision.Runs.class, table.assign(step("a", 1), 1, true));
    }

    @Test
    void aResultIsSaidAgainUntilItIsAcknowledged() {
        var words = List.of(Frames.accept(step("a", 1)), Frames.handBack(step("a", 1)));
        table.started(step("a", 1), "run");
        table.ended(step("a", 1), words);

        assertEquals(new Decision.Ended(words), table.assign(step("a", 1), 1, false));
        assertEquals(words, table.unacknowledged());
        assertEquals(words, table.words(step("a", 1)));

        table.acknowledged(step("a", 1));

        assertInstanceOf(Decision.Refuse.class, table.assign(step("a", 1), 1, false));
        assertTrue(table.unacknowledged().isEmpty());
        assertTrue(table.done(step("a", 1)));
    }

    @Test
    void moreThanTheMostAreRefused() {
        table.started(step("a", 1), "run");

        assertEquals(new Decision.Refuse("the agent is busy: 1 of 1 steps run"), table.assign(step("b", 1), 1, false));
        assertEquals(new Decision.Start(List.of()), table.assign(step("c", 1), 2, false));
    }

    @Test
    void aRefusalIsFinal() {
        table.started(step("a", 1), "run");
        table.assign(step("b", 1), 1, false);
        table.forget(step("a", 1));

        assertEquals(new Decision.Refuse("the step was refused before"), table.assign(step("b", 1), 1, false));
        assertEquals(new Decision.Start(List.of()), table.assign(step("b", 2), 1, false));
    }

    @Test
    void aNewerAttemptReplacesTheOlderEvenWhereTheAgentIsFull() {
        table.started(step("a", 1), "run");

        assertEquals(new Decision.Start(List.of(step("a", 1))), table.assign(step("a", 2), 1, false));
    }

    @Test
    void aHigherEpochIsNewerThanAHigherAttempt() {
        var restored = step("a", 1).toBuilder().setEpoch(2).build();
        table.started(step("a", 3), "run");

        assertEquals(new Decision.Start(List.of(step("a", 3))), table.assign(restored, 1, false));
    }

    @Test
    void anOlderAttemptIsRefused() {
        table.started(step("a", 2), "run");

        assertInstanceOf(Decision.Refuse.class, table.assign(step("a", 1), 5, false));
    }

    @Test
    void anAttemptIsBegunOnce() {
        table.started(step("a", 1), "run");
        table.forget(step("a", 1));

        assertEquals(new Decision.Refuse("the step was begun and discarded"), table.assign(step("a", 1), 5, false));
        assertEquals(new Decision.Start(List.of()), table.assign(step("a", 2), 5, false));
    }

    @Test
    void whatWasGivenBackIsGivenBackAgain() {
        table.started(step("a", 1), "run");
        var words = List.of(Frames.handBack(step("a", 1)));
        table.handedBack(step("a", 1), words);

        assertEquals(new Decision.Ended(words), table.assign(step("a", 1), 5, true));
        assertTrue(table.idle());
        table.acknowledged(step("a", 1));
        assertEquals(new Decision.GivenBack(), table.assign(step("a", 1), 5, true));
    }

    @Test
    void aDrainingAgentTakesNothingNew() {
        assertEquals(new Decision.Refuse("the agent is draining"), table.assign(step("a", 1), 1, true));
    }

    private static Step step(String task, int attempt) {
        return Step.newBuilder().setTaskUid(task).setAttempt(attempt).setEpoch(1).build();
    }
}
