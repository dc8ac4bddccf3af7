package io.claudeflow.swarm.hivemind.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Arrangement;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PositionsTest {
    private static final Agent CODER = agent("coder", 99, 0, false, null);
    private static final Agent FIRST = agent("coordinator", 50, 1, false, null);
    private static final Agent SECOND = agent("coordinator", 50, 2, false, null);
    private static final Agent PREFERRED = agent("coordinator", 60, 3, false, null);

    private static Agent agent(String type, int priority, long index, boolean lost, @Nullable StepKey job) {
        var uid = type + index;
        return new Agent(new AgentDeclaration(uid, uid, "pod-" + uid, type, priority, List.of(), List.of(), Map.of(), 1,
                true, 1, job), index, index, lost);
    }

    private static Optional<String> queen(Agent... agents) {
        return Positions.of(Arrangement.NONE, List.of(agents)).queen().map(Agent::uid);
    }

    @Test
    void theQueenIsACoordinatorThenThePreferredThenTheFirst() {
        assertEquals(Optional.of("coordinator3"), queen(CODER, SECOND, FIRST, PREFERRED));
        assertEquals(Optional.of("coordinator1"), queen(CODER, SECOND, FIRST));
        assertEquals(Optional.of("coder0"), queen(CODER));
        assertEquals(Optional.empty(), queen());
    }

    @Test
    void whoIsLostAndAJobsPodAreNotInTheLine() {
        var lost = agent("coordinator", 50, 1, true, null);
        var job = agent("coordinator", 50, -1, false, new StepKey("t", "", 1));
        assertEquals(Optional.of("coordinator2"), queen(lost, job, SECOND));
    }

    @Test
    void onlyAStarHasAHub() {
        for (var topology : Topology.values()) {
            var hub = Positions.of(new Arrangement(topology, List.of(), 1), List.of(CODER, FIRST)).hub();
            assertEquals(topology == Topology.STAR ? Optional.of(FIRST) : Optional.empty(), hub);
        }
    }

    @Test
    void aRingGoesByTypeThenByRegistrationAndIsClosed() {
        var order = new Arrangement(Topology.RING, List.of("coordinator", "tester"), 1);
        var lost = agent("tester", 50, 4, true, null);
        var tester = agent("tester", 50, 5, false, null);
        var ring = Positions.of(order, List.of(CODER, lost, tester, SECOND, FIRST));
        assertEquals(Optional.of(SECOND), ring.next(FIRST, _ -> true));
        assertEquals(Optional.of(tester), ring.next(SECOND, _ -> true));
        assertEquals(Optional.of(tester), ring.next(lost, _ -> true), "its successor");
        assertEquals(Optional.of(CODER), ring.next(tester, _ -> true));
        assertEquals(Optional.of(FIRST), ring.next(CODER, _ -> true));
        assertEquals(Optional.of(tester), ring.next(FIRST, agent -> agent.declaration().type().equals("tester")));
        assertEquals(Optional.of(FIRST), ring.next(FIRST, FIRST::equals));
        assertEquals(Optional.empty(), ring.next(FIRST, _ -> false));
    }
}
