package io.claudeflow.swarm.agent.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong();
    private final Pulse pulse = new Pulse(SECOND, now::get);

    @Test
    void silenceIsCountedFromTheLastSign() {
        now.set(400_000_000);
        assertEquals(Duration.ofMillis(600), pulse.left());
        pulse.beat();
        assertEquals(SECOND, pulse.left());
        now.set(5_000_000_000L);
        assertEquals(Duration.ZERO, pulse.left());
    }

    @Test
    void whoWaitsForAnAnswerIsNotSilent() {
        pulse.asked();
        now.set(5_000_000_000L);
        assertEquals(SECOND, pulse.left());

        pulse.answered();
        now.set(5_300_000_000L);

        assertEquals(Duration.ofMillis(700), pulse.left());
    }

    @Test
    void withoutALimitSilenceIsAllowed() {
        assertNull(new Pulse(null, now::get).left());
    }
}
