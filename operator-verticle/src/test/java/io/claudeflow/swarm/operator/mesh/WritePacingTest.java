package io.claudeflow.swarm.operator.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WritePacingTest {
    private final AtomicLong nanos = new AtomicLong();
    private final WritePacing pacing = new WritePacing(Duration.ZERO, Duration.ofSeconds(1), nanos::get);

    @Test
    void countersWaitForTheIntervalAndTransitionsDoNot() {
        assertEquals(Duration.ZERO, pacing.next("a", false));
        nanos.set(400_000_000);
        assertEquals(Duration.ofMillis(600), pacing.next("a", false));
        assertEquals(Duration.ZERO, pacing.next("a", true));
        assertEquals(Duration.ofSeconds(1), pacing.next("a", false));
        assertEquals(Duration.ZERO, pacing.next("b", false));
    }

    @Test
    void whatPassesQuicklyCostsNoWrite() {
        var patient = new WritePacing(Duration.ofMillis(300), Duration.ofSeconds(1), nanos::get);
        assertEquals(Duration.ofMillis(300), patient.next("a", false));
        nanos.set(100_000_000);
        assertEquals(Duration.ofMillis(200), patient.next("a", false), "another change does not begin the wait anew");
        assertEquals(Duration.ZERO, patient.next("a", true));
        assertEquals(Duration.ofSeconds(1), patient.next("a", false));
        assertEquals(Duration.ofMillis(300), patient.next("b", false));
        nanos.set(400_000_000);
        assertEquals(Duration.ZERO, patient.next("b", false));
    }

    @Test
    void allTogetherHaveABudgetThatFillsAgain() {
        int written = 0;
        for (int i = 0; i < 1_000; i++) {
            written += pacing.next("r" + i, false).isZero() ? 1 : 0;
        }
        assertEquals(100, written);
        assertEquals(Duration.ZERO, pacing.next("urgent", true));
        assertFalse(pacing.next("late", false).isZero());
        nanos.set(1_000_000_000);
        assertEquals(Duration.ZERO, pacing.next("late", false));
    }
}
