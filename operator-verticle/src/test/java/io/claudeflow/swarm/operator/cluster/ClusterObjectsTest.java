package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.Golden;
import io.claudeflow.swarm.operator.identity.Images;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is to exist for a SwarmCluster: folder by folder. */
class ClusterObjectsTest {
    private static final Images IMAGES = new Images("operator:1", "hivemind:1", "agent:1", "IfNotPresent");

    @TestFactory
    Stream<DynamicTest> desired() {
        return Golden.cases("cluster", ClusterObjectsTest::render);
    }

    private static List<?> render(List<HasMetadata> in) {
        var cluster = Golden.one(in, SwarmCluster.class);
        var desired = ClusterObjects.desired(cluster, observed(in), IMAGES, 1);
        var out = new ArrayList<Object>(desired.mesh());
        out.addAll(desired.agents());
        out.add(new TreeMap<>(Map.of("agentsToGo", desired.agentsToGo(), "agentsWanted", desired.agentsWanted())));
        return out;
    }

    static Observed observed(List<HasMetadata> in) {
        return new Observed(Golden.all(in, StatefulSet.class).stream().findFirst().orElse(null),
                Golden.all(in, ConfigMap.class).stream().findFirst().orElse(null),
                Golden.all(in, Deployment.class).stream().findFirst().orElse(null),
                Golden.all(in, SwarmAgent.class));
    }
}
