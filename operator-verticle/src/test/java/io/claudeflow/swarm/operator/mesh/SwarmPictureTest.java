package io.claudeflow.swarm.operator.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SwarmPictureTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<Inward> heard = new ArrayList<>();
    private final SwarmPicture picture = new SwarmPicture(new SwarmId("lab", "c", "uid"), nanos::get,
            (what, _) -> heard.add(what));

    private static SwarmState state(String uid, long term, int leader, Map<String, Integer> connected) {
        return new SwarmState(uid, 1, term, leader, List.of(0, 1, 2), null, 0, connected, 0, 0, SwarmState.Drain.NONE,
                0);
    }

    @Test
    void tellsWhatHasChanged() {
        picture.heard(state("uid", 1, 0, Map.of()));
        picture.heard(state("uid", 1, 0, Map.of()));
        picture.heard(state("uid", 1, 0, Map.of("coder", 1)));
        picture.present(state("uid", 1, 0, Map.of("coder", 1)), Set.of("agent"));
        picture.heard(state("uid", 2, 1, Map.of("coder", 1)));
        assertEquals(List.of(Inward.LEADER_CHANGED, Inward.COUNTS_CHANGED, Inward.PRESENCE_CHANGED,
                Inward.LEADER_CHANGED), heard);
        assertEquals(1, picture.leader().orElseThrow());
    }

    @Test
    void doesNotListenToAFormerLeaderOrAnotherSwarm() {
        picture.heard(state("uid", 5, 1, Map.of()));
        picture.heard(state("uid", 4, 0, Map.of()));
        picture.heard(state("other", 9, 2, Map.of()));
        assertEquals(1, picture.leader().orElseThrow());
        assertEquals(List.of(Inward.LEADER_CHANGED), heard);
    }

    @Test
    void noticesSilenceAndTheVoiceAfterIt() {
        picture.heard(state("uid", 1, 0, Map.of()));
        nanos.set(SwarmPicture.SILENCE.toNanos());
        picture.tick();
        assertTrue(picture.fresh());
        nanos.addAndGet(1);
        picture.tick();
        picture.tick();
        assertFalse(picture.fresh());
        picture.heard(state("uid", 1, 0, Map.of()));
        assertEquals(List.of(Inward.LEADER_CHANGED, Inward.LEADER_SILENT, Inward.LEADER_CHANGED), heard);
    }
}
