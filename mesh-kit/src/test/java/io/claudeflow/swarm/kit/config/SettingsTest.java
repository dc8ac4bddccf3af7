package io.claudeflow.swarm.kit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void valuesAreReadStrippedAndBlankIsUnset() {
        var settings = Settings.of(Map.of("A_NAME", " worker ", "A_PORT", "8080", "A_WAIT", "1m30s", "A_ON", "true",
                "A_EMPTY", " "), "A_");

        assertEquals("worker", settings.text("A_NAME"));
        assertEquals(8080, settings.port("A_PORT", 1));
        assertEquals(Duration.ofSeconds(90), settings.duration("A_WAIT", Duration.ZERO));
        assertTrue(settings.flag("A_ON", false));
        assertEquals("fallback", settings.text("A_EMPTY", "fallback"));
        settings.check();
    }

    @Test
    void allProblemsAreTold() {
        var settings = Settings
                .of(Map.of("A_PORT", "70000", "A_COUNT", "three", "A_WAIT", "soon", "A_ON", "yes", "A_PROT",
                        "1", "OTHER", "ignored"), "A_");
        settings.text("A_NAME");
        assertEquals(1, settings.port("A_PORT", 1));
        assertEquals(2, settings.number("A_COUNT", 2, 1, 9));
        settings.duration("A_WAIT", Duration.ZERO);
        settings.flag("A_ON", false);
        settings.problem("A_NAME and A_PORT do not fit together");

        var problems = assertThrows(ConfigException.class, settings::check).problems();

        assertEquals(List.of("A_NAME: is not set", "A_PORT: '70000' is not allowed: allowed are 0 to 65535",
                "A_COUNT: 'three' is not a whole number",
                "A_WAIT: 'soon' is not allowed: a duration is a number and a unit of ms, s, m, h or d, for example 30s",
                "A_ON: 'yes' is not allowed: allowed are true and false", "A_NAME and A_PORT do not fit together",
                "A_PROT: is not a known variable; known are A_NAME, A_PORT, A_COUNT, A_WAIT, A_ON"), problems);
    }
}
