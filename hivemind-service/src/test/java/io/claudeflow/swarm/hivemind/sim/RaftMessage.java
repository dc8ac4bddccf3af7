package io.claudeflow.swarm.hivemind.sim;

import java.util.List;

/** What the replicas of the model tell each other (Ongaro, Ousterhout: In Search of an Understandable Consensus Algorithm, 2014). */
sealed interface RaftMessage {
    long term();

    /** @param forced whether voters grant it although they hear a leader: leadership is being handed over */
    record RequestVote(long term, int candidate, long lastIndex, long lastTerm,
            boolean forced) implements RaftMessage {}

    record Vote(long term, int from, boolean granted) implements RaftMessage {}

    record Append(long term, int leader, long prevIndex, long prevTerm, List<RaftLog.Entry> entries,
            long commit) implements RaftMessage {}

    record Install(long term, int leader, RaftLog.Snapshot snapshot) implements RaftMessage {}

    /** @param match the last index that is as the leader's; where nothing is, a hint how far back to go */
    record Appended(long term, int from, boolean ok, long match) implements RaftMessage {}
}
