package io.claudeflow.swarm.hivemind.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void aSecondsWorthMayComeAtOnceAndTheRestIsOwed() {
        var pace = new Pace(1_000, 0);
        assertEquals(0, pace.take(1_000, 0));
        assertEquals(1, pace.take(1, 0));
        assertEquals(500, pace.take(499, 0));
        assertEquals(0, pace.take(0, 500));
    }

    @Test
    void silenceSavesNoMoreThanASecondsWorth() {
        var pace = new Pace(1_000, 0);
        assertEquals(0, pace.take(1_000, 3_600_000));
        assertEquals(1_000, pace.take(1_000, 3_600_000));
    }

    @Test
    void inTheLongRunNobodyIsFaster() {
        var pace = new Pace(20_000, 0);
        long now = 0;
        long taken = 0;
        while (now < 60_000) {
            taken += 333;
            now += Math.max(1, pace.take(333, now));
        }
        assertEquals(61 * 20_000, taken, 1_000);
    }
}
