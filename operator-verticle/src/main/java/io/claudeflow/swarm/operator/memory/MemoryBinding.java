package io.claudeflow.swarm.operator.memory;

import io.claudeflow.swarm.api.v1alpha1.SwarmMemory;
import io.claudeflow.swarm.api.v1alpha1.memory.SwarmMemoryStatus;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.reference.BoundKind;
import io.claudeflow.swarm.operator.reference.Resolution;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a SwarmMemory belongs to a SwarmCluster. */
public final class MemoryBinding implements BoundKind<SwarmMemory, SwarmMemoryStatus> {
    @Override
    public Class<SwarmMemory> type() {
        return SwarmMemory.class;
    }

    @Override
    public SwarmMemory empty() {
        return new SwarmMemory();
    }

    @Override
    public @Nullable String clusterRef(SwarmMemory memory) {
        return memory.getSpec().clusterRef();
    }

    @Override
    public @Nullable String boundUid(SwarmMemory memory) {
        return memory.getStatus() == null ? null : memory.getStatus().clusterUid();
    }

    @Override
    public List<Condition> conditions(SwarmMemory memory) {
        return memory.getStatus() == null ? List.of() : memory.getStatus().conditions();
    }

    @Override
    public boolean ended(SwarmMemory memory) {
        return false;
    }

    @Override
    public SwarmMemoryStatus waiting(SwarmMemory memory, List<Condition> conditions) {
        return SwarmMemoryStatus.builder().conditions(conditions).build();
    }

    @Override
    public SwarmMemoryStatus unbound(SwarmMemory memory, Instant now) {
        var facts = List.of(Resolution.unresolved(new Resolution.Gone("")));
        return waiting(memory, Conditions.of(facts, conditions(memory), memory.getMetadata().getGeneration(), now));
    }
}
