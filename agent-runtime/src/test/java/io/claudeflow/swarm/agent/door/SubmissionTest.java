package io.claudeflow.swarm.agent.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SubmissionTest {
    @Test
    void whatIsWrongIsNamed() {
        assertEquals("Invalid: script: is empty; it is what the task runs", refused(" ", Map.of(), 0, List.of()));
        assertEquals("Invalid: priority: -1 is not in 0 to 100", refused("true", Map.of(), -1, List.of()));
        assertEquals("Invalid: requiredCapabilities: one of them is empty", refused("true", Map.of(), 0, List.of("")));
        assertEquals("Invalid: parameters: one of them has no name", refused("true", Map.of("", "x"), 0, List.of()));
        assertEquals("TooLarge: script: with its parameters it has 245771 bytes, allowed are 245760; hand large data"
                + " over in the memory or on a volume",
                refused("true", Map.of("texture", "x".repeat(245_760)), 0,
                        List.of()));
    }

    @Test
    void aKeyDoesNotPrintItsToken() {
        assertEquals("DoorKey[http://127.0.0.1:1, ****]", new DoorKey("http://127.0.0.1:1", "secret").toString());
    }

    private static String refused(String script, Map<String, String> parameters, int priority, List<String> needs) {
        return assertThrows(SwarmException.class,
                () -> new Submission("", script, parameters, OptionalInt.of(priority), "", needs)).toString();
    }
}
