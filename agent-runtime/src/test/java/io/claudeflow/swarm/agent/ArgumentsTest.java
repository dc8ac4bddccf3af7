package io.claudeflow.swarm.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.claudeflow.swarm.kit.config.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void onceIsAVariableToo() {
        assertEquals(Map.of("A", "1"), Arguments.environment(Map.of("A", "1"), List.of()).variables());
        assertEquals(Map.of("A", "1", "AGENT_ONCE", "true"),
                Arguments.environment(Map.of("A", "1"), List.of("--once")).variables());
    }

    @Test
    void anUnknownArgumentIsNamedWithTheKnownOne() {
        var problems = assertThrows(ConfigException.class,
                () -> Arguments.environment(Map.of(), List.of("--once", "--onze"))).problems();

        assertEquals(List.of("'--onze' is not a known argument; known is --once: take one step, then end"), problems);
    }
}
