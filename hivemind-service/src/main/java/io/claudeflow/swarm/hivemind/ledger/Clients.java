package io.claudeflow.swarm.hivemind.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of clients with what each has settled, and the requests of each that are tasks of the ledger. A number per session
 * says what a tombstone per task would say, so tasks may come and go at any rate. Whatever is decided here follows from what an
 * image holds: sessions and tasks.
 */
final class Clients {
    /** Sessions remembered, and how long one may be silent (logged milliseconds). */
    static final int MAX_SESSIONS = 10_000;
    static final long MAX_IDLE_MILLIS = 3_600_000;
    /** A session's time is as exact as this, so that a submission need not reorder the sessions. */
    private static final long TIME_GRAIN_MILLIS = 1_000;

    private static final Comparator<ClientSession> BY_TIME = Comparator.comparingLong(ClientSession::time)
            .thenComparing(ClientSession::id);

    private final Map<String, ClientSession> sessions = new HashMap<>();
    private final TreeSet<ClientSession> byTime = new TreeSet<>(BY_TIME);
    private final Map<String, TreeSet<Long>> requests = new HashMap<>();
    private final TreeMap<Long, Tombstone> tombstones = new TreeMap<>();
    private final Map<String, Tombstone> buried = new HashMap<>();
    private final List<String> settledEnds = new ArrayList<>();

    void restore(ClientSession session) {
        sessions.put(session.id(), session);
        byTime.add(session);
    }

    /** Hears of a session; false: it is somebody else's. */
    boolean hear(String id, String submitter, long time) {
        var known = sessions.get(id);
        if (known == null) {
            restore(new ClientSession(id, submitter, 0, time));
            if (sessions.size() > MAX_SESSIONS) {
                drop(byTime.first());
            }
            return true;
        }
        if (!known.submitter().equals(submitter)) {
            return false;
        }
        if (time - known.time() >= TIME_GRAIN_MILLIS) {
            byTime.remove(known);
            restore(known.at(time));
        }
        return true;
    }

    private void drop(ClientSession session) {
        sessions.remove(session.id());
        byTime.remove(session);
    }

    /** Notes that a session that was heard has settled its requests up to a number; answers with those that are tasks. */
    List<String> settle(String id, long upTo) {
        var known = sessions.get(id);
        if (known == null || upTo <= known.settled()) {
            return List.of();
        }
        // Its time is the same, so it keeps its place in the order.
        byTime.remove(known);
        restore(known.settledUpTo(upTo));
        var live = requests.get(id);
        return live == null
                ? List.of()
                : live.headSet(upTo, true).stream().map(number -> new ClientTask(id, number).uid()).toList();
    }

    boolean settled(ClientTask task) {
        var known = sessions.get(task.session());
        return known != null && task.request() <= known.settled();
    }

    // The tasks.

    /** A task is in the ledger. */
    void entered(Task task) {
        var client = ClientTask.of(task.about());
        if (client != null) {
            requests.computeIfAbsent(client.session(), _ -> new TreeSet<>()).add(client.request());
        }
    }

    /** A task has left the ledger. */
    void left(Task task) {
        var client = ClientTask.of(task.about());
        var live = client == null ? null : requests.get(client.session());
        if (client != null && live != null && live.remove(client.request()) && live.isEmpty()) {
            requests.remove(client.session());
        }
    }

    /** A task has ended; when nobody wants it any more it is to leave with this entry. */
    void ended(Task task) {
        var client = ClientTask.of(task.about());
        if (client != null && settled(client)) {
            settledEnds.add(task.uid());
        }
    }

    /** Tasks that ended in this entry and are settled already. */
    List<String> takeSettledEnds() {
        if (settledEnds.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(settledEnds);
        settledEnds.clear();
        return taken;
    }

    // Tasks of clients that left unsettled.

    void bury(Tombstone tombstone) {
        tombstones.put(tombstone.seq(), tombstone);
        buried.put(tombstone.taskUid(), tombstone);
    }

    @Nullable
    Tombstone tombstone(String taskUid) {
        return buried.get(taskUid);
    }

    Collection<Tombstone> tombstones() {
        return tombstones.values();
    }

    /** Forgets sessions that were silent for too long, and tombstones that are too many or too old. */
    void expire(long time) {
        while (!byTime.isEmpty() && byTime.first().time() < time - MAX_IDLE_MILLIS) {
            drop(byTime.first());
        }
        while (!tombstones.isEmpty() && (tombstones.size() > Tail.MAX_TOMBSTONES
                || tombstones.firstEntry().getValue().time() < time - Tail.MAX_AGE_MILLIS)) {
            var first = tombstones.pollFirstEntry().getValue();
            buried.remove(first.taskUid(), first);
        }
    }

    /** All sessions by id. */
    List<ClientSession> sessions() {
        return sessions.values().stream().sorted(Comparator.comparing(ClientSession::id)).toList();
    }
}
