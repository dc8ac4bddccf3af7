package io.claudeflow.swarm.kit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DurationsTest {
    @Test
    void theShortestFormIsReadBack() {
        Map.of("0s", Duration.ZERO, "250ms", Duration.ofMillis(250), "30s", Duration.ofSeconds(30), "1h30m",
                Duration.ofMinutes(90), "2d", Duration.ofDays(2), "1d1h1m1s1ms",
                Duration.ofDays(1).plusHours(1).plusMinutes(1).plusSeconds(1).plusMillis(1))
                .forEach((text, duration) -> {
                    assertEquals(duration, Durations.parse(text));
                    assertEquals(text, Durations.format(duration));
                });
        assertEquals(Duration.ofMinutes(5), Durations.parse("300s"));
    }

    @Test
    void othersAreRefused() {
        for (var text : new String[]{"", "30", "s", "-1s", "1.5h", "1w", " 1s"}) {
            assertThrows(IllegalArgumentException.class, () -> Durations.parse(text), text);
        }
        var huge = assertThrows(IllegalArgumentException.class, () -> Durations.parse("99999999999999999999d"));
        assertEquals("it is too long", huge.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Durations.parse("9223372036854775807d"));
        assertThrows(IllegalArgumentException.class, () -> Durations.parse("9999999999999999s"));
        assertThrows(IllegalArgumentException.class, () -> Durations.format(Duration.ofSeconds(-1)));
    }
}
