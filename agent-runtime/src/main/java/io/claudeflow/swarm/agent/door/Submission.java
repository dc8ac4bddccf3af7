package io.claudeflow.swarm.agent.door;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A task that a script hands to the swarm.
 *
 * @param name         empty: one is made from the submitting task's
 * @param priority     0 to 100; absent: the submitting task's
 * @param agentType    empty: any
 * @param capabilities all of which the agent must have
 */
public record Submission(String name, String script, Map<String, String> parameters, OptionalInt priority,
        String agentType, List<String> capabilities) {
    /** Less than the 256 KiB that the ledger takes for a whole task. */
    public static final int MAX_BYTES = 240 * 1024;

    public Submission {
        parameters = Map.copyOf(parameters);
        capabilities = List.copyOf(capabilities);
        if (script.isBlank()) {
            throw invalid("script: is empty; it is what the task runs");
        }
        if (priority.isPresent() && (priority.getAsInt() < 0 || priority.getAsInt() > 100)) {
            throw invalid("priority: " + priority.getAsInt() + " is not in 0 to 100");
        }
        if (capabilities.stream().anyMatch(String::isBlank)) {
            throw invalid("requiredCapabilities: one of them is empty");
        }
        if (parameters.keySet().stream().anyMatch(String::isBlank)) {
            throw invalid("parameters: one of them has no name");
        }
        long bytes = size(script);
        for (var parameter : parameters.entrySet()) {
            bytes += size(parameter.getKey()) + size(parameter.getValue());
        }
        if (bytes > MAX_BYTES) {
            throw new SwarmException(DoorCodes.TOO_LARGE, "script: with its parameters it has " + bytes
                    + " bytes, allowed are " + MAX_BYTES + "; hand large data over in the memory or on a volume");
        }
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static SwarmException invalid(String sentence) {
        return new SwarmException(ErrorCode.INVALID, sentence);
    }
}
