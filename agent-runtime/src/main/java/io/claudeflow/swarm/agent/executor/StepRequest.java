package io.claudeflow.swarm.agent.executor;

import io.claudeflow.swarm.agent.door.DoorKey;
import java.util.Map;

/**
 * What is to be run.
 *
 * @param task        the task's name
 * @param namespace   the task's namespace
 * @param taskUid     the task's UID
 * @param attempt     from 1
 * @param agent       the agent's name
 * @param script      what runs
 * @param parameters  by name
 * @param environment further variables
 * @param limits      how long it may run
 * @param lastPercent what a former attempt reported last, else 0
 * @param traceparent the W3C trace context of the run
 * @param door        where the script finds its agent
 * @param preparation what is done before the script starts
 */
public record StepRequest(String task, String namespace, String taskUid, int attempt, String agent, String script,
        Map<String, String> parameters, Map<String, String> environment, Limits limits, int lastPercent,
        String traceparent, DoorKey door, Preparation preparation) {
    public StepRequest {
        parameters = Map.copyOf(parameters);
        environment = Map.copyOf(environment);
    }
}
