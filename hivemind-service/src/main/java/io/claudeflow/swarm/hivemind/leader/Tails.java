package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.TailTasks;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** Those who wait for tasks to change. */
final class Tails {
    /** Readers at a time; there are two mesh operators. */
    static final int MAX_READERS = 64;
    /** The most that one answer holds after the first. */
    static final int MAX_PAGE = 2_000;

    private final LedgerView view;
    private final List<Reader> readers = new ArrayList<>();

    private record Reader(TailTasks query, long until, Promise<HivemindReply> promise) {}

    Tails(LedgerView view) {
        this.view = view;
    }

    Future<HivemindReply> read(TailTasks query, long now) {
        var reader = new Reader(query, now + Math.max(0, query.longest().toMillis()), Promise.promise());
        if (!answer(reader, now)) {
            if (readers.size() >= MAX_READERS) {
                return Future.failedFuture(new SwarmException(ErrorCode.EXHAUSTED,
                        MAX_READERS + " readers tail the ledger already: try again later"));
            }
            readers.add(reader);
        }
        return reader.promise().future();
    }

    /** Something may have changed, or time has passed. */
    void wake(long now) {
        readers.removeIf(reader -> answer(reader, now));
    }

    private boolean answer(Reader reader, long now) {
        long from = reader.query().fromSeq();
        var changes = view.changes(from, Math.clamp(reader.query().max(), 1, MAX_PAGE));
        if (changes == null) {
            reader.promise().complete(new HivemindReply.Resync(view.seq()));
            return true;
        }
        boolean complete = from <= 0 && view.seq() > 0;
        boolean something = complete || !changes.tasks().isEmpty() || !changes.gone().isEmpty();
        if (something || now >= reader.until()) {
            reader.promise()
                    .complete(new HivemindReply.TaskPage(changes.tasks().stream().map(Task::state).toList(),
                            changes.gone(), changes.next()));
            return true;
        }
        return false;
    }

    /** The leadership is over. */
    void close() {
        readers.forEach(reader -> reader.promise().complete(new HivemindReply.NotLeader(-1)));
        readers.clear();
    }
}
