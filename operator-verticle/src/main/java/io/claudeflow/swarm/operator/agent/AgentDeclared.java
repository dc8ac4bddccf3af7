package io.claudeflow.swarm.operator.agent;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import java.util.Map;

/** What the ledger is told of a SwarmAgent: the operator says who an agent is, not the agent. */
final class AgentDeclared {
    private static final int PRIORITY = 50;

    private AgentDeclared() {}

    static AgentDeclaration of(SwarmAgent agent, String podUid) {
        var meta = agent.getMetadata();
        var spec = agent.getSpec();
        var most = spec.maxConcurrentTasks();
        var priority = spec.priority();
        return new AgentDeclaration(meta.getUid(), meta.getName(), podUid, spec.type(),
                priority == null ? PRIORITY : priority, spec.capabilities(), spec.specialization(),
                meta.getLabels() == null ? Map.of() : meta.getLabels(), most == null ? 1 : most,
                AgentPod.counted(agent), meta.getGeneration(), null);
    }
}
