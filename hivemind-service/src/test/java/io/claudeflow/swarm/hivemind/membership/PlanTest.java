package io.claudeflow.swarm.hivemind.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.hivemind.port.Group.Members;
import io.claudeflow.swarm.hivemind.port.Group.Peer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Plan.Step REST = new Plan.Step.Rest();

    @Test
    void oneComesAtATimeLowestFirst() {
        var step = Plan.next(members("0", "0"), 3, asking("2-x", "1-x"), peers("2-x", "1-x"));
        assertEquals(change("0", "1-x"), step);
    }

    @Test
    void whoCannotBeFilledYetDoesNotCome() {
        assertEquals(REST, Plan.next(members("0", "0"), 3, asking("1-x"), List.of()));
    }

    @Test
    void theHighestGoesFirst() {
        assertEquals(change("0", "1", "2", "3"),
                Plan.next(members("0", "0", "1", "2", "3", "4"), 1, Map.of(), List.of()));
    }

    @Test
    void aLeaderThatIsTooManyHandsOverFirst() {
        assertEquals(new Plan.Step.HandOver(peer("0")),
                Plan.next(members("4", "0", "1", "2", "3", "4"), 3, Map.of(), List.of()));
    }

    @Test
    void aLeaderThatIsTooManyPassesOverAReplicaThatIsSilent() {
        var now = new Members(peers("0", "1", "2"), "2", Set.of("1", "2"));
        assertEquals(new Plan.Step.HandOver(peer("1")), Plan.next(now, 2, Map.of(), List.of()));
    }

    @Test
    void nobodyGoesWhenTheRestHasNoQuorumThatAnswers() {
        var now = new Members(peers("0", "1", "2"), "0", Set.of("0", "2"));
        assertEquals(REST, Plan.next(now, 2, Map.of(), List.of()));
    }

    @Test
    void aLostVolumesPeerGoesBeforeItsHeirComes() {
        var now = new Members(peers("0", "1", "2"), "0", Set.of("0", "2"));
        assertEquals(change("0", "2"), Plan.next(now, 3, asking("1-x"), peers("1-x")));
        var then = new Members(peers("0", "2"), "0", Set.of("0", "2"));
        assertEquals(change("0", "2", "1-x"), Plan.next(then, 3, asking("1-x"), peers("1-x")));
    }

    @Test
    void whoIsNotWantedDoesNotComeAndNobodyGoesUntilSomebodySaysHowMany() {
        assertEquals(REST, Plan.next(members("0", "0"), 1, asking("1-x"), peers("1-x")));
        assertEquals(REST, Plan.next(members("0", "0", "1", "2"), null, Map.of(), List.of()));
    }

    private static Plan.Step change(String... ids) {
        return new Plan.Step.Change(peers(ids));
    }

    private static Members members(String self, String... ids) {
        return new Members(peers(ids), self, Set.of(ids));
    }

    private static Map<Integer, Peer> asking(String... ids) {
        return peers(ids).stream().collect(Collectors.toMap(Peer::ordinal, peer -> peer));
    }

    private static List<Peer> peers(String... ids) {
        return Arrays.stream(ids).map(PlanTest::peer).toList();
    }

    private static Peer peer(String id) {
        int ordinal = Integer.parseInt(id.split("-", 2)[0]);
        return new Peer(id, ordinal, "host-" + ordinal + ":1");
    }
}
