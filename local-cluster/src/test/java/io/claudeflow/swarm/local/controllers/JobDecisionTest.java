package io.claudeflow.swarm.local.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobDecisionTest {
    @Test
    void aPodThatSucceedsCompletesTheJob() {
        var world = new JobWorld(1, 1, 0);
        world.run();
        assertEquals("1 0 0 0 +0", world.numbers());
        assertEquals("2026-01-01T00:00:00Z", world.status().getStartTime());

        world.now = world.now.plusSeconds(3);
        world.ends(0, 0);
        var counting = world.step();
        assertEquals("0 0 0 0 +1", world.numbers());
        assertEquals("True/CompletionsReached", world.condition("SuccessCriteriaMet"));
        assertNull(world.condition("Complete"));
        assertEquals(1, counting.release().size());

        world.step();
        assertEquals("0 1 0 0 +0", world.numbers());
        assertEquals("True/CompletionsReached", world.condition("Complete"));
        assertEquals("2026-01-01T00:00:03Z", world.status().getCompletionTime());
        assertEquals(List.of("Completed"), world.news);
        assertEquals(world.status(), world.plan().status());
    }

    @Test
    void withBackoffLimitZeroOneFailureIsTheEnd() {
        var world = new JobWorld(1, 1, 0);
        world.run();
        world.ends(0, 3);

        world.step();
        assertEquals("True/BackoffLimitExceeded", world.condition("FailureTarget"));
        assertNull(world.condition("Failed"));
        world.run();

        assertEquals("0 0 1 0 +0", world.numbers());
        assertEquals("True/BackoffLimitExceeded", world.condition("Failed"));
        assertNull(world.status().getCompletionTime());
        assertEquals(1, world.pods.size());
        assertEquals(List.of("BackoffLimitExceeded"), world.news);
    }

    @Test
    void aPodDeletedFromOutsideIsAFailureAndTheJobEndsWhenItIsGone() {
        var world = new JobWorld(1, 1, 0);
        world.run();
        world.delete(world.pods.getFirst());

        world.run();
        assertEquals("0 0 1 1 +0", world.numbers());
        assertNull(world.condition("Failed"));

        world.gone();
        world.run();
        assertEquals("0 0 1 0 +0", world.numbers());
        assertEquals("True/BackoffLimitExceeded", world.condition("Failed"));
    }

    @Test
    void whatIsCutShortIsAFailureHoweverWellItEnds() {
        var world = new JobWorld(1, 1, 0);
        world.run();
        world.delete(world.pods.getFirst());
        world.ends(0, 0);
        world.run();
        world.gone();
        world.run();
        assertEquals("True/BackoffLimitExceeded", world.condition("Failed"));

        var late = new JobWorld(1, 1, 0);
        late.run();
        late.ends(0, 0);
        late.now = late.now.plusSeconds(1);
        late.delete(late.pods.getFirst());
        late.run();
        assertEquals("True/CompletionsReached", late.condition("Complete"));
    }

    @Test
    void whoReplacesOnlyWhatHasEndedWaitsForIt() {
        var world = new JobWorld(1, 1, 1);
        world.job.getSpec().setPodReplacementPolicy("Failed");
        world.run();
        world.delete(world.pods.getFirst());
        world.run();
        assertEquals("0 0 0 1 +0", world.numbers());

        world.ends(0, 0);
        world.gone();
        world.run();
        assertEquals("True/CompletionsReached", world.condition("Complete"));
        assertEquals("0 1 0 0 +0", world.numbers());
    }

    @Test
    void aPodIsCountedOnceWhateverBreaksInBetween() {
        var world = new JobWorld(1, 1, 3);
        world.run();
        world.ends(0, 1);

        // The status is written, and nothing after it.
        world.job.setStatus(world.plan().status());
        world.job.setStatus(world.plan().status());
        assertEquals("1 0 0 0 +1", world.numbers());

        world.run();
        world.gone();
        world.run();
        assertEquals("1 0 1 0 +0", world.numbers());
    }

    @Test
    void failuresInARowAreFollowedLaterAndLater() {
        var world = new JobWorld(1, 1, 9);
        world.run();
        for (int wait : List.of(0, 1, 2, 4)) {
            world.ends(world.pods.size() - 1, 1);
            var plan = world.run();
            if (wait > 0) {
                assertEquals(0, world.status().getActive() == null ? 0 : world.status().getActive());
                assertEquals(world.now.plusSeconds(wait), plan.again());
                world.now = world.now.plusSeconds(wait);
                world.run();
            }
            assertEquals(1, world.status().getActive());
        }
        assertEquals("1 0 4 0 +0", world.numbers());
    }

    @Test
    void noMorePodsRunThanAreStillNeeded() {
        var world = new JobWorld(5, 2, 0);
        world.run();
        assertEquals("2 0 0 0 +0", world.numbers());
        for (int i = 0; i < 4; i++) {
            world.ends(i, 0);
            world.run();
        }
        assertEquals("1 4 0 0 +0", world.numbers());
        world.ends(4, 0);
        world.run();
        assertEquals("0 5 0 0 +0", world.numbers());
        assertEquals(5, world.pods.size());
    }

    @Test
    void lessParallelismEndsPodsThatCountForNothing() {
        var world = new JobWorld(5, 3, 0);
        world.run();
        world.job.getSpec().setParallelism(1);
        world.run();
        world.gone();
        world.run();

        assertEquals("1 0 0 0 +0", world.numbers());
        assertEquals(1, world.pods.size());
    }

    @Test
    void aWorkQueueEndsWhenOnePodHasSucceededAndNoneRuns() {
        var world = new JobWorld(1, 2, 1);
        world.job.getSpec().setCompletions(null);
        world.run();
        world.ends(0, 0);
        world.run();
        assertEquals("1 1 0 0 +0", world.numbers());
        assertNull(world.condition("Complete"));

        world.ends(1, 1);
        world.run();
        assertEquals("0 1 1 0 +0", world.numbers());
        assertEquals("True/CompletionsReached", world.condition("Complete"));
    }

    @Test
    void restartsOfContainersCountWhereTheyAreRestarted() {
        var world = new JobWorld(1, 1, 2);
        world.job.getSpec().getTemplate().getSpec().setRestartPolicy("OnFailure");
        world.run();
        world.restarted(0, 1);
        world.run();
        assertNull(world.condition("FailureTarget"));

        world.restarted(0, 2);
        world.run();
        world.gone();
        world.run();
        assertEquals("True/BackoffLimitExceeded", world.condition("Failed"));
        assertEquals("0 0 1 0 +0", world.numbers());
    }

    @Test
    void theDeadlineEndsWhatRuns() {
        var world = new JobWorld(1, 1, 6);
        world.job.getSpec().setActiveDeadlineSeconds(10L);
        world.run();
        assertEquals(JobWorld.BEGAN.plusSeconds(10), world.run().again());

        world.now = JobWorld.BEGAN.plusSeconds(10);
        var plan = world.step();
        assertEquals(1, plan.stop().size());
        assertEquals("0 0 0 1 +1", world.numbers());
        assertEquals("True/DeadlineExceeded", world.condition("FailureTarget"));

        world.run();
        world.gone();
        world.run();
        assertEquals("0 0 1 0 +0", world.numbers());
        assertEquals("True/DeadlineExceeded", world.condition("Failed"));
        assertEquals(List.of("DeadlineExceeded"), world.news);
    }

    @Test
    void aSuspendedJobRunsNothingAndStartsAnew() {
        var world = new JobWorld(1, 1, 0);
        world.job.getSpec().setActiveDeadlineSeconds(10L);
        world.run();
        world.suspend(true);
        world.run();
        world.gone();
        world.run();
        assertEquals("0 0 0 0 +0", world.numbers());
        assertEquals("True/JobSuspended", world.condition("Suspended"));

        world.now = world.now.plus(Duration.ofHours(1));
        world.run();
        world.suspend(false);
        world.run();
        assertEquals("1 0 0 0 +0", world.numbers());
        assertEquals("False/JobResumed", world.condition("Suspended"));
        assertEquals("2026-01-01T01:00:00Z", world.status().getStartTime());
        assertEquals(List.of("Suspended", "Resumed"), world.news);
    }

    @Test
    void aJobThatIsBornSuspendedHasNotStarted() {
        var world = new JobWorld(1, 1, 0);
        world.suspend(true);
        world.run();

        assertNull(world.status().getStartTime());
        assertTrue(world.pods.isEmpty());
    }

    @Test
    void aJobThatIsBeingDeletedLetsItsPodsGo() {
        var world = new JobWorld(2, 2, 0);
        world.run();
        world.job.getMetadata().setDeletionTimestamp(world.now.toString());
        world.delete(world.pods.getFirst());

        var plan = world.step();
        assertEquals(0, plan.create());
        assertEquals(2, plan.release().size());
        assertNull(world.condition("FailureTarget"));
    }

    @Test
    void nothingToDoIsDoneAtOnce() {
        var world = new JobWorld(0, 1, 0);
        world.run();

        assertTrue(world.pods.isEmpty());
        assertEquals("True/CompletionsReached", world.condition("Complete"));
    }

    @Test
    void aJobThatHasEndedExpires() {
        var world = new JobWorld(1, 1, 0);
        world.job.getSpec().setTtlSecondsAfterFinished(60);
        world.run();
        assertEquals(Optional.empty(), JobDecision.expiry(world.job));
        world.ends(0, 0);
        world.run();

        assertEquals(Optional.of(JobWorld.BEGAN.plusSeconds(60)), JobDecision.expiry(world.job));
    }

    @Test
    void whatIsNotDoneHereIsSaid() {
        var indexed = new JobWorld(1, 1, 0);
        indexed.job.getSpec().setCompletionMode("Indexed");
        assertTrue(JobDecision.unsupported(indexed.job).orElseThrow().contains("Indexed"));
        var policy = new JobWorld(1, 1, 0);
        policy.job.getSpec().setPodFailurePolicy(new PodFailurePolicy());
        assertTrue(JobDecision.unsupported(policy.job).orElseThrow().contains("podFailurePolicy"));
        assertEquals(Optional.empty(), JobDecision.unsupported(new JobWorld(1, 1, 0).job));
    }
}
