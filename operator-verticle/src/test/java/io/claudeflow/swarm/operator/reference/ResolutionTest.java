package io.claudeflow.swarm.operator.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResolutionTest {
    private static final ClusterFact A = new ClusterFact("lab", "a", "uid-a", false);
    private static final ClusterFact B = new ClusterFact("lab", "b", "uid-b", false);
    private static final ClusterFact ENDING = new ClusterFact("lab", "c", "uid-c", true);

    @Test
    void theOnlyOneTakesWhatNamesNone() {
        assertEquals(new Resolution.Taken(A), Resolution.of(null, null, List.of(A)));
        assertEquals(new Resolution.Taken(A), Resolution.of(null, null, List.of(A, ENDING)));
    }

    @Test
    void severalAreAmbiguousUnlessOneIsNamed() {
        assertEquals(new Resolution.Ambiguous(List.of("a", "b")), Resolution.of(null, null, List.of(B, A)));
        assertEquals(new Resolution.Taken(B), Resolution.of("b", null, List.of(A, B)));
    }

    @Test
    void nobodyTakesWhatNamesNobody() {
        assertInstanceOf(Resolution.NoCluster.class, Resolution.of(null, null, List.of()));
        assertInstanceOf(Resolution.NoCluster.class, Resolution.of("x", null, List.of(A)));
        assertInstanceOf(Resolution.NoCluster.class, Resolution.of("c", null, List.of(ENDING)));
    }

    @Test
    void aBindingIsFinalUntilItsClusterIsGone() {
        assertEquals(new Resolution.Taken(B), Resolution.of("a", "uid-b", List.of(A, B)));
        assertEquals(new Resolution.Taken(ENDING), Resolution.of(null, "uid-c", List.of(A, ENDING)));
        assertEquals(new Resolution.Gone("uid-x"), Resolution.of("a", "uid-x", List.of(A)));
    }
}
