package io.claudeflow.swarm.mesh.hivemind;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who an agent is, as the operator says it; the agent itself only shows the token of that pod.
 *
 * @param agentUid           the SwarmAgent's UID; its registration index belongs to it
 * @param podUid             the live pod, whose token is accepted
 * @param priority           0 to 100
 * @param counted            false for hand-made agents, which do not count towards replicas
 * @param generation         of the SwarmAgent; an older one never replaces a newer
 * @param job                the one step that the pod of a Job is for; null: an agent of the swarm. Such an agent is in no
 *                           topology, count or ratio, and is gone with its pod
 */
public record AgentDeclaration(String agentUid, String name, String podUid, String type, int priority,
        List<String> capabilities, List<String> specialization, Map<String, String> labels, int maxConcurrentTasks,
        boolean counted, long generation, @Nullable StepKey job) {
    public AgentDeclaration {
        capabilities = List.copyOf(capabilities);
        specialization = List.copyOf(specialization);
        labels = Map.copyOf(labels);
        if (maxConcurrentTasks < 1) {
            throw new IllegalArgumentException("maxConcurrentTasks: " + maxConcurrentTasks + " is below 1");
        }
    }
}
