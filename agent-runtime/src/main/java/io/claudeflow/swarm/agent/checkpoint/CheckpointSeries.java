package io.claudeflow.swarm.agent.checkpoint;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The checkpoints of one attempt: numbered upwards from the last one of any attempt, each open until the ledger has it or a later
 * one. Pure; one thread.
 */
public final class CheckpointSeries {
    private final TreeMap<Long, Saved> open = new TreeMap<>();
    private final TreeMap<Long, Promise<Long>> waiting = new TreeMap<>();
    private long number;
    private CheckpointData latest;
    private Optional<Saved> durable;

    /** A checkpoint by its number. */
    public record Saved(long number, CheckpointData data) {}

    /**
     * @param number  of the last checkpoint of any attempt; 0: there is none
     * @param resumed what that one says, when the attempt goes on from it
     */
    public CheckpointSeries(long number, Optional<CheckpointData> resumed) {
        this.number = number;
        this.latest = resumed.orElse(CheckpointData.EMPTY);
        this.durable = resumed.map(data -> new Saved(number, data));
    }

    /** The next checkpoint, to be said to the hive-mind until it is acknowledged. */
    public Saved next(CheckpointData data) {
        number++;
        latest = data;
        var saved = new Saved(number, data);
        open.keySet().retainAll(waiting.keySet());
        open.put(number, saved);
        return saved;
    }

    /** Completes with the number when the ledger has that checkpoint or a later one. */
    public Future<Long> durable(Saved saved) {
        return open.containsKey(saved.number())
                ? waiting.computeIfAbsent(saved.number(), _ -> Promise.promise()).future()
                : Future.succeededFuture(saved.number());
    }

    /** The ledger has that checkpoint, and with it needs none of the earlier ones; false: that was known. */
    public boolean acknowledged(long acknowledged) {
        var last = open.floorEntry(acknowledged);
        if (last == null) {
            return false;
        }
        durable = Optional.of(last.getValue());
        open.headMap(acknowledged, true).clear();
        var done = waiting.headMap(acknowledged, true);
        var over = new TreeMap<>(done);
        done.clear();
        over.forEach((one, promise) -> promise.tryComplete(one));
        return true;
    }

    /** Nobody will acknowledge what is open. */
    public void fail(Throwable cause) {
        open.clear();
        var over = List.copyOf(waiting.values());
        waiting.clear();
        over.forEach(promise -> promise.tryFail(cause));
    }

    /** What is not acknowledged: the last alone, since it replaces those before it. */
    public Optional<Saved> open() {
        return open.isEmpty() ? Optional.empty() : Optional.of(open.lastEntry().getValue());
    }

    /** What was said last, acknowledged or not. */
    public CheckpointData latest() {
        return latest;
    }

    /** The last checkpoint that the ledger has, of this attempt or of the one that it goes on from. */
    public Optional<Saved> durable() {
        return durable;
    }

    /** This attempt has taken a checkpoint or goes on from one. */
    public boolean begun() {
        return durable.isPresent() || !open.isEmpty();
    }
}
