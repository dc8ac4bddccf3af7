package io.claudeflow.swarm.mesh.hivemind;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done, with every default resolved. At most 256 KiB as JSON.
 *
 * @param executor             {@code shell} in this release
 * @param script               what it runs
 * @param parameters           handed to the script as {@code SWARM_PARAM_<NAME>}
 * @param environment          further variables of the script
 * @param priority             0 to 100, higher first
 * @param agentType            only agents of that type; null: any
 * @param requiredCapabilities the agent has all of them
 * @param specialization       words that make an agent preferred, never required
 * @param agentSelector        labels the agent must carry; the key {@code name} selects by agent name
 * @param timeout              longest run of one attempt; null: none
 * @param queueTimeout         longest wait for an agent; null: none
 * @param startTimeout         longest time from assignment to the agent's acceptance
 * @param grace                between the signal to end and the kill
 */
public record TaskSpec(String executor, String script, Map<String, String> parameters, Map<String, String> environment,
        int priority, @Nullable String agentType, List<String> requiredCapabilities, List<String> specialization,
        Map<String, String> agentSelector, @Nullable Duration timeout, @Nullable Duration queueTimeout,
        Duration startTimeout, Duration grace, Retries retries) {
    public TaskSpec {
        // Sorted, so that equal specs are written to equal bytes in every JVM.
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        requiredCapabilities = List.copyOf(requiredCapabilities);
        specialization = List.copyOf(specialization);
        agentSelector = Collections.unmodifiableMap(new TreeMap<>(agentSelector));
        if (priority < 0 || priority > 100) {
            throw new IllegalArgumentException("priority: " + priority + " is not in 0 to 100");
        }
    }
}
