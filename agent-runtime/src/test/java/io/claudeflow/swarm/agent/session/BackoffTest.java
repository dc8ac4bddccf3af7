package io.claudeflow.swarm.agent.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    @Test
    void delaysDoubleUpToTheLast() {
        assertEquals(List.of(50L, 100L, 200L, 400L, 800L, 1000L, 1000L),
                Stream.generate(backoff::next).limit(7).map(Duration::toMillis).toList());
    }

    @Test
    void aResetBeginsAnew() {
        backoff.next();
        backoff.next();
        backoff.reset();

        assertEquals(50, backoff.next().toMillis());
    }

    @Test
    void jitterIsBetweenHalfAndAll() {
        var random = new Random(7);
        for (int i = 0; i < 100; i++) {
            backoff.reset();
            long millis = backoff.nextJittered(random).toMillis();
            assertTrue(millis >= 25 && millis <= 50, () -> "delay " + millis);
        }
    }
}
