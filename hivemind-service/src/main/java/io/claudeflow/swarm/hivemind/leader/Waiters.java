package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Those who wait for the end of a task, each for a time of its own. */
final class Waiters {
    /** At a time; a further one is refused. */
    static final int MAX = 4_096;

    private final Map<String, List<Waiter>> byTask = new HashMap<>();
    private int count;
    private long now;
    private boolean closed;

    private record Waiter(Task task, long until, Promise<Task> promise) {}

    Waiters(long now) {
        this.now = now;
    }

    /** The task as it is at its end, or once that time has passed. */
    Future<Task> end(Task task, Duration longest) {
        if (task.terminal() || !longest.isPositive()) {
            return Future.succeededFuture(task);
        }
        if (closed) {
            return Future.failedFuture(over());
        }
        if (count >= MAX) {
            return Future.failedFuture(
                    new SwarmException(ErrorCode.EXHAUSTED, MAX + " requests wait already: ask again without wait"));
        }
        var waiter = new Waiter(task, now + longest.toMillis(), Promise.promise());
        byTask.computeIfAbsent(task.uid(), _ -> new ArrayList<>()).add(waiter);
        count++;
        return waiter.promise().future();
    }

    void ended(Task task) {
        var those = byTask.remove(task.uid());
        if (those != null) {
            count -= those.size();
            those.forEach(waiter -> waiter.promise().complete(task));
        }
    }

    /** Time passes. */
    void tick(long passed, LedgerView view) {
        now = passed;
        var over = new ArrayList<Waiter>();
        byTask.values().removeIf(those -> {
            those.removeIf(waiter -> waiter.until() <= now && over.add(waiter));
            return those.isEmpty();
        });
        count -= over.size();
        over.forEach(waiter -> waiter.promise()
                .complete(Objects.requireNonNullElse(view.task(waiter.task().uid()), waiter.task())));
    }

    /** The leadership is over. */
    void close() {
        closed = true;
        var those = byTask.values().stream().flatMap(List::stream).toList();
        byTask.clear();
        count = 0;
        those.forEach(waiter -> waiter.promise().fail(over()));
    }

    private static SwarmException over() {
        return new SwarmException(ErrorCode.UNAVAILABLE, "this replica leads no more: ask again");
    }
}
