package io.claudeflow.swarm.agent.executor;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param timeout     longest run; null: none
 * @param grace       between the signal to end and the kill, when the timeout is over
 * @param lastPercent what a former attempt reported last, else 0
 * @param traceparent the W3C trace context of the run
 */
public record StepRequest(String task, String namespace, String taskUid, int attempt, String agent, String script,
        Map<String, String> parameters, Map<String, String> environment, @Nullable Duration timeout, Duration grace,
        int lastPercent, String traceparent) {
    public StepRequest {
        parameters = Map.copyOf(parameters);
        environment = Map.copyOf(environment);
    }
}
