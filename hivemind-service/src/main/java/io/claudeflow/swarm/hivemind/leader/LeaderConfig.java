package io.claudeflow.swarm.hivemind.leader;

import java.time.Duration;

/**
 * What a leader goes by.
 *
 * @param cluster   the SwarmCluster's name
 * @param lease     how long an agent may be silent; it fences itself after four fifths, its work is given away after six
 * @param heartbeat how often it speaks
 */
public record LeaderConfig(String clusterUid, String cluster, int ordinal, Duration lease, Duration heartbeat) {
    long leaseMillis() {
        return lease.toMillis();
    }

    long fenceMillis() {
        return lease.toMillis() * 4 / 5;
    }

    long lostMillis() {
        return lease.toMillis() * 6 / 5;
    }
}
