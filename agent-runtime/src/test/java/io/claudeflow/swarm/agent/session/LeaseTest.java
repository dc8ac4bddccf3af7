package io.claudeflow.swarm.agent.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class LeaseTest {
    private final Lease lease = new Lease();

    @Test
    void withoutASessionThereIsNothingToLose() {
        assertEquals(Long.MAX_VALUE, lease.left(1_000));
    }

    @Test
    void aGrantCountsFromTheSendingOfItsHeartbeat() {
        lease.begin(0, 4_000);
        lease.beat(1, 1_000);

        lease.granted(1);

        assertEquals(4_000, lease.left(1_000));
        assertEquals(1_000, lease.left(4_000));
        assertEquals(0, lease.left(5_000));
    }

    @Test
    void aHeartbeatWithoutItsGrantCountsNothing() {
        lease.begin(0, 4_000);
        lease.beat(1, 1_000);
        lease.beat(2, 2_000);
        lease.granted(1);

        assertEquals(0, lease.left(5_000));
    }

    @Test
    void anOldGrantNeverShortensTheLease() {
        lease.begin(0, 4_000);
        lease.beat(1, 1_000);
        lease.beat(2, 2_000);
        lease.granted(2);
        lease.granted(1);

        assertEquals(4_000, lease.left(2_000));
    }

    @Test
    void aNewSessionBeginsANewLease() {
        lease.begin(0, 4_000);
        lease.lost();
        assertFalse(lease.held());

        lease.begin(9_000, 4_000);

        assertEquals(4_000, lease.left(9_000));
    }
}
