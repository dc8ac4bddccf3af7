package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The order in which tasks of origin KUBERNETES last changed, with the tombstones of those that left: what a reader that knows everything up to a
 * sequence number has missed. Who tails writes the status of SwarmTasks; tasks of clients have none, and are not here.
 */
final class Tail {
    /** How many tombstones are kept, and how long (logged milliseconds). */
    static final int MAX_TOMBSTONES = 10_000;
    static final long MAX_AGE_MILLIS = 3_600_000;

    private final TreeMap<Long, String> changed = new TreeMap<>();
    private final TreeMap<Long, Tombstone> tombstones = new TreeMap<>();
    private final Map<String, Tombstone> byUid = new HashMap<>();
    private long horizon;

    Tail(long horizon) {
        this.horizon = horizon;
    }

    void changed(@Nullable Task before, Task after) {
        if (after.about().origin() != TaskOrigin.KUBERNETES) {
            return;
        }
        if (before != null) {
            changed.remove(before.seq());
        }
        changed.put(after.seq(), after.uid());
    }

    /** A task is no longer there; {@link #bury} says that it was, if somebody is to know. */
    void left(Task last) {
        changed.remove(last.seq());
    }

    void bury(Tombstone tombstone) {
        tombstones.put(tombstone.seq(), tombstone);
        byUid.put(tombstone.taskUid(), tombstone);
    }

    /** Drops tombstones that are too many or too old. */
    void expire(long time) {
        while (!tombstones.isEmpty() && (tombstones.size() > MAX_TOMBSTONES
                || tombstones.firstEntry().getValue().time() < time - MAX_AGE_MILLIS)) {
            dropFirst();
        }
    }

    /** Drops what the ledger itself has dropped. */
    void dropUpTo(long seq) {
        while (!tombstones.isEmpty() && tombstones.firstKey() <= seq) {
            dropFirst();
        }
        horizon = Math.max(horizon, seq);
    }

    private void dropFirst() {
        var first = tombstones.pollFirstEntry();
        horizon = first.getKey();
        byUid.remove(first.getValue().taskUid(), first.getValue());
    }

    @Nullable
    Tombstone tombstone(String taskUid) {
        return byUid.get(taskUid);
    }

    Collection<Tombstone> tombstones() {
        return tombstones.values();
    }

    long horizon() {
        return horizon;
    }

    /**
     * What changed after {@code from}, at most {@code max} of it, oldest change first; null when the answer would have holes.
     * From 0 it is complete, whatever {@code max} says, and names nobody gone.
     *
     * @param seq the ledger's last sequence number
     */
    @Nullable
    Page page(long from, int max, long seq) {
        if (from <= 0) {
            return new Page(List.copyOf(changed.values()), List.of(), seq);
        }
        if (from < horizon || from > seq) {
            return null;
        }
        var tasks = new ArrayList<String>();
        var gone = new ArrayList<String>();
        var live = changed.tailMap(from, false).entrySet().iterator();
        var dead = tombstones.tailMap(from, false).values().iterator();
        var nextLive = live.hasNext() ? live.next() : null;
        var nextDead = dead.hasNext() ? dead.next() : null;
        long last = from;
        while ((nextLive != null || nextDead != null) && tasks.size() + gone.size() < max) {
            if (nextDead == null || nextLive != null && nextLive.getKey() < nextDead.seq()) {
                last = java.util.Objects.requireNonNull(nextLive).getKey();
                tasks.add(nextLive.getValue());
                nextLive = live.hasNext() ? live.next() : null;
            } else {
                last = nextDead.seq();
                gone.add(nextDead.taskUid());
                nextDead = dead.hasNext() ? dead.next() : null;
            }
        }
        boolean complete = nextLive == null && nextDead == null;
        return new Page(tasks, gone, complete ? seq : last);
    }

    /** UIDs of changed tasks and of those gone, and where to go on. */
    record Page(List<String> tasks, List<String> gone, long next) {}
}
