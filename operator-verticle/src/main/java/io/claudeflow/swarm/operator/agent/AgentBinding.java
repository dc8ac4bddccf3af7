package io.claudeflow.swarm.operator.agent;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.agent.SwarmAgentStatus;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.reference.BoundKind;
import io.claudeflow.swarm.operator.reference.Resolution;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a SwarmAgent belongs to a SwarmCluster. */
public final class AgentBinding implements BoundKind<SwarmAgent, SwarmAgentStatus> {
    @Override
    public Class<SwarmAgent> type() {
        return SwarmAgent.class;
    }

    @Override
    public SwarmAgent empty() {
        return new SwarmAgent();
    }

    @Override
    public @Nullable String clusterRef(SwarmAgent agent) {
        return agent.getSpec().clusterRef();
    }

    @Override
    public @Nullable String boundUid(SwarmAgent agent) {
        return agent.getStatus() == null ? null : agent.getStatus().clusterUid();
    }

    @Override
    public List<Condition> conditions(SwarmAgent agent) {
        return agent.getStatus() == null ? List.of() : agent.getStatus().conditions();
    }

    @Override
    public boolean ended(SwarmAgent agent) {
        return false;
    }

    @Override
    public SwarmAgentStatus waiting(SwarmAgent agent, List<Condition> conditions) {
        return SwarmAgentStatus.builder().phase(SwarmAgentStatus.Phase.PENDING).conditions(conditions).build();
    }

    @Override
    public SwarmAgentStatus unbound(SwarmAgent agent, Instant now) {
        var facts = List.of(Resolution.unresolved(new Resolution.Gone("")));
        return waiting(agent, Conditions.of(facts, conditions(agent), agent.getMetadata().getGeneration(), now));
    }
}
