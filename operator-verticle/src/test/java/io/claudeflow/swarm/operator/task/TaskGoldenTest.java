package io.claudeflow.swarm.operator.task;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.operator.Golden;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.job.TaskJobs;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A SwarmTask and its SwarmCluster: what the ledger is sent, or why nothing is. */
class TaskGoldenTest {
    private static final Images IMAGES = new Images("o", "h", "claudeflow/swarm-agent:1", "IfNotPresent");

    private static final SwarmId SWARM = new SwarmId("lab", "research-swarm", "11111111-1111-1111-1111-111111111111");

    @TestFactory
    Stream<DynamicTest> resolved() {
        return Golden.cases("task", in -> {
            var task = Golden.one(in, SwarmTask.class);
            var cluster = Golden.one(in, SwarmCluster.class);
            var refusal = Refusal.of(task.getSpec());
            if (refusal.isPresent()) {
                return List.of(Map.of("refused", refusal.get().message()));
            }
            var name = cluster.getMetadata().getName();
            var spec = Resolved.of(task, cluster, IMAGES, agent -> agent.equals(name + "-analyst-1"));
            var out = new ArrayList<Object>(List.of(Map.of("submitted", spec.toString())));
            if (spec.place().job()) {
                var step = new StepKey(task.getMetadata().getUid(), "", 2);
                out.addAll(TaskJobs.desired(task, spec, step, cluster, SWARM, IMAGES));
            }
            return out;
        });
    }
}
