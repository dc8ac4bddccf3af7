package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.Golden;
import io.claudeflow.swarm.operator.identity.Images;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the cluster operator says of a SwarmCluster: folder by folder. */
class ClusterStatusTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Images IMAGES = new Images("operator:1", "hivemind:1", "agent:1", "IfNotPresent");

    @TestFactory
    Stream<DynamicTest> said() {
        return Golden.cases("cluster-status", in -> {
            var cluster = Golden.one(in, SwarmCluster.class);
            var observed = ClusterObjectsTest.observed(in);
            var objects = ClusterObjects.desired(cluster, observed, IMAGES, 1);
            return List.of(ClusterStatus.of(cluster, observed, objects, List.of(), NOW));
        });
    }
}
