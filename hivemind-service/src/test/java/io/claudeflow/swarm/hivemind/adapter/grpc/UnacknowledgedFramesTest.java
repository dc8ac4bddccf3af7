package io.claudeflow.swarm.hivemind.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrames;
import io.claudeflow.swarm.mesh.agent.v1.Heartbeat;
import io.claudeflow.swarm.mesh.agent.v1.Register;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnacknowledgedFramesTest {
    private final UnacknowledgedFrames frames = new UnacknowledgedFrames();

    @Test
    void whatTheLeaderHasNotTakenIsSaidAgainInOrder() {
        frames.append(register("a"));
        frames.append(heartbeat(1, ""));
        frames.append(heartbeat(2, ""));

        assertEquals(List.of(1L, 2L, 3L), sequences(frames.fromTheStart()));
        assertEquals(List.of(3L), sequences(frames.after(2)));
    }

    @Test
    void aNewLeaderHearsTheIntroductionAgainWithTheNewestToken() {
        frames.append(register("old"));
        frames.append(heartbeat(1, "new"));
        frames.append(heartbeat(2, ""));
        frames.acknowledge(2);

        var told = frames.fromTheStart();

        assertEquals(List.of(UnacknowledgedFrames.UNNUMBERED, 3L), sequences(told));
        assertEquals("new", told.getFirst().frames().getFrames(0).getRegister().getToken());
    }

    @Test
    void acknowledgedFramesFreeTheirBytes() {
        frames.append(register("a"));
        frames.append(heartbeat(1, ""));
        assertTrue(frames.bytes() > 0);

        frames.acknowledge(2);

        assertEquals(0, frames.bytes());
        assertTrue(frames.isEmpty());
        assertEquals(2, frames.last());
    }

    @Test
    void aStreamThatSaidNothingIsNotAnnounced() {
        assertTrue(frames.fromTheStart().isEmpty());
    }

    private static List<Long> sequences(List<UnacknowledgedFrames.Numbered> numbered) {
        return numbered.stream().map(UnacknowledgedFrames.Numbered::sequence).toList();
    }

    private static AgentFrames register(String token) {
        return AgentFrames.newBuilder()
                .addFrames(AgentFrame.newBuilder().setRegister(Register.newBuilder().setToken(token)))
                .build();
    }

    private static AgentFrames heartbeat(long sequence, String token) {
        return AgentFrames.newBuilder()
                .addFrames(AgentFrame.newBuilder()
                        .setHeartbeat(Heartbeat.newBuilder().setSequence(sequence).setToken(token)))
                .build();
    }
}
