package io.claudeflow.swarm.operator.task;

import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.task.RetriesSpec;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus.Phase;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.condition.Fact;
import io.claudeflow.swarm.operator.reference.BoundKind;
import io.claudeflow.swarm.operator.reference.Resolution;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a SwarmTask belongs to a SwarmCluster. */
public final class TaskBinding implements BoundKind<SwarmTask, SwarmTaskStatus> {
    private static final String DELETED = "Its SwarmCluster was deleted";

    @Override
    public Class<SwarmTask> type() {
        return SwarmTask.class;
    }

    @Override
    public SwarmTask empty() {
        return new SwarmTask();
    }

    @Override
    public @Nullable String clusterRef(SwarmTask task) {
        return task.getSpec().clusterRef();
    }

    @Override
    public @Nullable String boundUid(SwarmTask task) {
        return task.getStatus() == null ? null : task.getStatus().clusterUid();
    }

    @Override
    public List<Condition> conditions(SwarmTask task) {
        return task.getStatus() == null ? List.of() : task.getStatus().conditions();
    }

    @Override
    public boolean ended(SwarmTask task) {
        var phase = task.getStatus() == null ? null : task.getStatus().phase();
        return phase != null && phase.terminal();
    }

    @Override
    public SwarmTaskStatus waiting(SwarmTask task, List<Condition> conditions) {
        return SwarmTaskStatus.builder().phase(Phase.PENDING).conditions(conditions).build();
    }

    /** Back to Pending, for another cluster to take; but work that must not run twice and has begun has failed. */
    @Override
    public SwarmTaskStatus unbound(SwarmTask task, Instant now) {
        var before = task.getStatus() == null ? SwarmTaskStatus.builder().build() : task.getStatus();
        long generation = task.getMetadata().getGeneration();
        var retries = task.getSpec().retries();
        boolean once = retries != null && retries.onLost() == RetriesSpec.OnLost.NEVER;
        if (!once || before.startedAt() == null) {
            var facts = List.of(Resolution.unresolved(new Resolution.Gone("")));
            return SwarmTaskStatus.builder()
                    .phase(Phase.PENDING)
                    .conditions(Conditions.of(facts, before.conditions(), generation, now))
                    .build();
        }
        var sentence = DELETED + " after the task had begun, and retries.onLost is never.";
        var facts = List.of(Resolution.unresolved(new Resolution.Gone("")),
                Fact.yes(Catalogue.FAILED, Catalogue.CLUSTER_DELETED, sentence),
                Fact.no(Catalogue.COMPLETE, Catalogue.FAILED, sentence));
        return before.toBuilder()
                .clusterUid(null)
                .phase(Phase.FAILED)
                .message(sentence)
                .finishedAt(now.truncatedTo(ChronoUnit.SECONDS).toString())
                .conditions(Conditions.of(facts, before.conditions(), generation, now))
                .build();
    }
}
