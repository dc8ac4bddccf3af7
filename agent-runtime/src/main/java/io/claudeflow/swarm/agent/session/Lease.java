package io.claudeflow.swarm.agent.session;

import java.util.TreeMap;

/**
 * When the agent must fence itself. A grant counts from the moment its heartbeat was sent, not from its arrival: the leader's own
 * period began later than that, so the agent stops earlier than the leader gives its work away, however slow the answer was.
 * Times are of a monotonic clock, in milliseconds. Pure; one thread.
 */
final class Lease {
    /** Heartbeats that were never answered are forgotten beyond this many. */
    private static final int REMEMBERED = 64;

    private final TreeMap<Long, Long> sent = new TreeMap<>();
    private long period = Long.MAX_VALUE;
    private long since;
    private boolean held;

    /** A session began: the registration sent at that time was answered. */
    void begin(long registered, long fenceMillis) {
        sent.clear();
        period = fenceMillis;
        since = registered;
        held = true;
    }

    void beat(long sequence, long now) {
        sent.put(sequence, now);
        if (sent.size() > REMEMBERED) {
            sent.pollFirstEntry();
        }
    }

    void granted(long sequence) {
        var at = sent.get(sequence);
        if (at != null && held) {
            since = Math.max(since, at);
            sent.headMap(sequence, true).clear();
        }
    }

    /** Milliseconds until the agent must fence itself; 0: now, negative never. */
    long left(long now) {
        return held ? Math.max(0, since + period - now) : Long.MAX_VALUE;
    }

    /** Held from a session's begin until the agent has fenced itself. */
    boolean held() {
        return held;
    }

    void lost() {
        held = false;
    }
}
