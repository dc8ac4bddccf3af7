package io.claudeflow.swarm.mesh.hivemind;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the leader says of the swarm, at a change and every second.
 *
 * @param leader          its ordinal
 * @param queen           name of the agent that is queen; null: there is none
 * @param presence        grows with every agent that connects or leaves; resets with the term
 * @param connectedByType agents with an open stream
 * @param queued          tasks that wait for an agent
 * @param running         steps that run
 * @param seq             the ledger's last sequence number: a tail from below it has something to read
 */
public record SwarmState(String clusterUid, long epoch, long term, int leader, List<Integer> voters,
        @Nullable String queen, long presence,
        Map<String, Integer> connectedByType, int queued, int running, Drain drain, long seq) {
    public SwarmState {
        voters = List.copyOf(voters);
        connectedByType = Map.copyOf(connectedByType);
    }

    /** How far a drain has come. */
    public enum Drain {
        NONE, DRAINING, DRAINED
    }
}
