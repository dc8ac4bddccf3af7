package io.claudeflow.swarm.hivemind.sim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a replica's volume holds: term, vote, the log and the last snapshot. Whatever is written is durable at once. */
final class RaftLog {
    private final List<Entry> entries = new ArrayList<>();
    private long base;
    private long baseTerm;
    private @Nullable Snapshot snapshot;
    private long term;
    private int vote = -1;

    /**
     * @param bytes    of the ledger's entry; null: an empty one, with which a term begins
     * @param proposer the process that proposed it
     * @param callId   its number there
     */
    record Entry(long term, byte @Nullable [] bytes, @Nullable Object proposer, long callId) {}

    /** The ledger's state after the entry with that index. */
    record Snapshot(long index, long term, byte[] bytes) {}

    long term() {
        return term;
    }

    void term(long next) {
        term = next;
        vote = -1;
    }

    int vote() {
        return vote;
    }

    void vote(int candidate) {
        vote = candidate;
    }

    /** The index of the last entry that is in a snapshot only. */
    long base() {
        return base;
    }

    long last() {
        return base + entries.size();
    }

    long termAt(long index) {
        return index == base ? baseTerm : get(index).term();
    }

    Entry get(long index) {
        return entries.get((int) (index - base - 1));
    }

    /** Entries from that index on. */
    List<Entry> from(long index) {
        return List.copyOf(entries.subList((int) (index - base - 1), entries.size()));
    }

    void append(Entry entry) {
        entries.add(entry);
    }

    /** Drops everything after that index. */
    void truncate(long index) {
        entries.subList((int) (index - base), entries.size()).clear();
    }

    @Nullable
    Snapshot snapshot() {
        return snapshot;
    }

    /** Keeps a snapshot, and at most so many entries before its index. */
    void keep(Snapshot taken, int before) {
        snapshot = taken;
        dropUpTo(taken.index() - before);
    }

    /** Begins anew from a leader's snapshot; entries after it stay if they follow from it. */
    void install(Snapshot received) {
        snapshot = received;
        boolean follows = received.index() >= base && received.index() <= last()
                && termAt(received.index()) == received.term();
        if (follows) {
            dropUpTo(received.index());
        } else {
            entries.clear();
            base = received.index();
            baseTerm = received.term();
        }
    }

    private void dropUpTo(long index) {
        if (index > base) {
            baseTerm = termAt(index);
            entries.subList(0, (int) (index - base)).clear();
            base = index;
        }
    }
}
