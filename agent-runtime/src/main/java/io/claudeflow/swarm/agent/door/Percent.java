package io.claudeflow.swarm.agent.door;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;

/** How much is done, 0 to 100. */
public record Percent(int value) {
    public Percent {
        if (value < 0 || value > 100) {
            throw new SwarmException(ErrorCode.INVALID, "percent: " + value + " is not in 0 to 100");
        }
    }
}
