package io.claudeflow.swarm.operator.task;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.operator.Golden;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A SwarmTask and its SwarmCluster: what the ledger is sent, or why nothing is. */
class TaskGoldenTest {
    @TestFactory
    Stream<DynamicTest> resolved() {
        return Golden.cases("task", in -> {
            var task = Golden.one(in, SwarmTask.class);
            var cluster = Golden.one(in, SwarmCluster.class);
            var refusal = Refusal.of(task.getSpec(), cluster.getSpec());
            if (refusal.isPresent()) {
                return List.of(Map.of("refused", refusal.get().message()));
            }
            var name = cluster.getMetadata().getName();
            var spec = Resolved.of(task, name, agent -> agent.equals(name + "-analyst-1"));
            return List.of(Map.of("submitted", spec.toString()));
        });
    }
}
