package io.claudeflow.swarm.operator.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.operator.lease.Election.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ElectionTest {
    private static final Duration LEASE = Duration.ofSeconds(3);
    private final Election election = new Election("me");

    private static long at(double seconds) {
        return (long) (seconds * 1e9);
    }

    @Test
    void takesWhatIsFreeOrItsOwn() {
        assertEquals(Step.TAKE, election.next(null, "1", LEASE, at(0)));
        assertEquals(Step.TAKE, election.next("", "2", LEASE, at(0)));
        assertEquals(Step.TAKE, election.next("me", "3", LEASE, at(0)));
    }

    @Test
    void waitsWhileTheHolderRenews() {
        assertEquals(Step.WAIT, election.next("other", "1", LEASE, at(100)));
        assertEquals(Step.WAIT, election.next("other", "2", LEASE, at(102.9)));
        assertEquals(Step.WAIT, election.next("other", "3", LEASE, at(105.8)));
    }

    @Test
    void takesFromOneWhoIsSilentForTheWholeLeaseByThisClock() {
        assertEquals(Step.WAIT, election.next("other", "1", LEASE, at(100)));
        assertEquals(Step.WAIT, election.next("other", "1", LEASE, at(103)));
        assertEquals(Step.TAKE, election.next("other", "1", LEASE, at(103.1)));
    }
}
