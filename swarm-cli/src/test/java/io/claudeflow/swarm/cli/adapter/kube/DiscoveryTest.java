package io.claudeflow.swarm.cli.adapter.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
    private static final ResourceType PODS = new ResourceType("", "v1", "pods", "pod", "Pod", true, List.of("po"),
            List.of("all"), Set.of("log"));
    private static final ResourceType CLUSTERS = new ResourceType("swarm.claudeflow.io", "v1alpha1", "swarmclusters",
            "swarmcluster", "SwarmCluster", true, List.of("swc"), List.of("swarm"), Set.of("scale", "status"));
    private static final ResourceType OLD = new ResourceType("swarm.claudeflow.io", "v1alpha0", "swarmclusters",
            "swarmcluster", "SwarmCluster", true, List.of("swc"), List.of("swarm"), Set.of());
    private static final ResourceType NODES = new ResourceType("", "v1", "nodes", "node", "Node", false, List.of("no"),
            List.of(), Set.of());
    private final Discovery discovery = new Discovery(List.of(PODS, NODES, CLUSTERS, OLD));

    @ParameterizedTest
    @ValueSource(strings = {"swarmclusters", "swarmcluster", "SwarmCluster", "swc", "SWC",
        "swarmclusters.swarm.claudeflow.io",
        "swarmcluster.swarm.claudeflow.io", "swarm"})
    void everyNameOfAKindFindsIt(String word) {
        assertEquals(List.of(CLUSTERS), discovery.find(word));
    }

    @Test
    void unknownTypesAreASentence() {
        var failure = assertThrows(SwarmException.class, () -> discovery.find("swarmclaster"));
        assertEquals(
                "the API server has no resource type 'swarmclaster'; swarm has swarmclusters (swc), swarmagents (swa), "
                        + "swarmtasks (swt), swarmmemories (swm)",
                failure.getMessage());
    }

    @Test
    void pathsFollowGroupAndScope() {
        assertEquals("api/v1/namespaces/n/pods/p", PODS.path("n", "p"));
        assertEquals("api/v1/pods", PODS.path(null));
        assertEquals("api/v1/nodes/x", NODES.path("n", "x"));
        assertEquals("apis/swarm.claudeflow.io/v1alpha1/namespaces/n/swarmclusters", CLUSTERS.path("n"));
        assertEquals("swarmcluster.swarm.claudeflow.io", CLUSTERS.qualifiedSingular());
        assertTrue(discovery.byKind("v1", "Pod").isPresent());
        assertTrue(discovery.byKind("v1", "SwarmCluster").isEmpty());
    }
}
