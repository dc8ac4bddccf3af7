package io.claudeflow.swarm.mesh.hivemind;

import io.claudeflow.swarm.kit.bus.Channel;
import io.claudeflow.swarm.kit.bus.Topic;
import java.time.Duration;

/** The hive-mind's addresses on the bus. */
public final class HivemindChannels {
    /** The leader's state, at a change and every second. */
    public static final Topic<SwarmState> STATE = new Topic<>("swarm.state", SwarmState.class);

    /** How long one attempt at a command waits; a command is retried with the same key. */
    public static final Duration ATTEMPT = Duration.ofSeconds(1);

    private HivemindChannels() {}

    /** The door of one replica; every replica serves its own, only the leader acts. */
    public static Channel<HivemindCommand.Request, HivemindReply> replica(int ordinal) {
        return new Channel<>("hivemind." + ordinal, HivemindCommand.Request.class, HivemindReply.class, ATTEMPT);
    }
}
