package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.hivemind.codec.EntryCodec;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Group commit without a timer: a command is proposed at once while no entry is in flight; else it waits with others until one
 * returns, or until they are {@value #WORTH_ANOTHER}, which then follow at once, up to {@value #MAX_IN_FLIGHT} entries. An
 * entry costs every replica the same few dozen wake-ups, however little is in it. Threads: confined to the hive-mind's context.
 */
final class Proposals {
    static final int MAX_IN_FLIGHT = 2;
    static final int WORTH_ANOTHER = 128;
    static final int MAX_COMMANDS = 512;
    static final long MAX_BYTES = 1 << 20;
    /** What may wait; beyond it commands are refused. */
    static final int MAX_WAITING = 16_384;
    static final long MAX_WAITING_BYTES = 64L << 20;

    /** Sends an entry on its way; {@link #applied} or {@link #failed} follows. */
    interface Sender {
        void send(long callId, byte[] entry);
    }

    private final long epoch;
    private final Sender sender;
    private final LongSupplier random;
    private final ArrayDeque<Batch.Waiting> waiting = new ArrayDeque<>();
    private final Map<Long, Batch> inFlight = new HashMap<>();
    private final LoggedClock clock;
    private long waitingBytes;
    private long lastCallId;
    private boolean leading;

    Proposals(long epoch, LoggedClock clock, LongSupplier random, Sender sender) {
        this.epoch = epoch;
        this.clock = clock;
        this.random = random;
        this.sender = sender;
    }

    Future<LedgerResult> submit(LedgerCommand command) {
        if (!leading) {
            return Future.failedFuture(notLeading());
        }
        var next = Batch.Waiting.of(command);
        if (waiting.size() >= MAX_WAITING || waitingBytes + next.command().size() > MAX_WAITING_BYTES) {
            return Future.failedFuture(new SwarmException(ErrorCode.EXHAUSTED,
                    waiting.size() + " commands wait for the ledger: try again in a second"));
        }
        waiting.add(next);
        waitingBytes += next.command().size();
        propose();
        return next.promise().future();
    }

    private void propose() {
        while (leading && !waiting.isEmpty() && (inFlight.isEmpty()
                || inFlight.size() < MAX_IN_FLIGHT && waiting.size() >= WORTH_ANOTHER)) {
            var batch = new Batch();
            while (!waiting.isEmpty() && batch.takes(waiting.peekFirst(), MAX_COMMANDS, MAX_BYTES)) {
                var next = waiting.removeFirst();
                waitingBytes -= next.command().size();
                batch.add(next);
            }
            long callId = ++lastCallId;
            inFlight.put(callId, batch);
            sender.send(callId, EntryCodec.entry(epoch, clock.now(), clock.wallMillis(), random.getAsLong(),
                    batch.commands()));
        }
    }

    /** An entry of ours was applied. */
    void applied(long callId, List<LedgerResult> results) {
        var batch = inFlight.remove(callId);
        if (batch != null) {
            batch.complete(results);
            propose();
        }
    }

    /** An entry of ours got no answer, or a bad one: whether it will be applied is not known. */
    void failed(long callId, Throwable cause) {
        var batch = inFlight.remove(callId);
        if (batch != null) {
            batch.fail(cause);
            propose();
        }
    }

    void lead() {
        leading = true;
    }

    /** Leadership is gone: what waits was never written. What is in flight gets its own answer. */
    void follow() {
        leading = false;
        var abandoned = List.copyOf(waiting);
        waiting.clear();
        waitingBytes = 0;
        abandoned.forEach(command -> command.promise().fail(notLeading()));
    }

    /** Nothing will be answered any more. */
    void close() {
        follow();
        var lost = List.copyOf(inFlight.values());
        inFlight.clear();
        lost.forEach(batch -> batch.fail(new SwarmException(ErrorCode.INDETERMINATE,
                "this replica stops: ask the new leader again")));
    }

    private static SwarmException notLeading() {
        return new SwarmException(ErrorCode.UNAVAILABLE, "this replica does not lead: ask the leader");
    }
}
