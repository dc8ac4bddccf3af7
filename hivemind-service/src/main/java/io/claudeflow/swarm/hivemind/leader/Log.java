package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.port.LedgerLog;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log as one leadership uses it: closed with it, and patient with what agents report. */
final class Log {
    private static final Logger LOG = LoggerFactory.getLogger(Log.class);
    /** How long a report that was not written waits before it is written again, in milliseconds. */
    private static final long AGAIN = 250;

    private final LedgerLog ledger;
    private final Meters meters;
    private final ArrayDeque<Report> again = new ArrayDeque<>();
    private boolean closed;
    private long ticked;

    private record Report(LedgerCommand command, Consumer<LedgerResult> then, long at) {}

    Log(LedgerLog ledger, Meters meters) {
        this.ledger = ledger;
        this.meters = meters;
    }

    Future<LedgerResult> submit(LedgerCommand command) {
        if (closed) {
            return Future.failedFuture(
                    new SwarmException(ErrorCode.UNAVAILABLE, "this replica does not lead: ask the leader"));
        }
        long begin = System.nanoTime();
        return ledger.submit(command).onSuccess(_ -> meters.committed(System.nanoTime() - begin));
    }

    /** Writes what the leader itself has to say; a failure means that the leadership is over or that the next tick says it again. */
    void note(LedgerCommand command) {
        submit(command).onFailure(cause -> LOG.atDebug()
                .addKeyValue("command", command.getClass().getSimpleName())
                .setCause(cause)
                .log("not written"));
    }

    /** Writes what nobody else will say again, until it is written or the leadership is over: the next leader says it anew. */
    void insist(LedgerCommand command) {
        report(command, ticked, _ -> {});
    }

    /** Writes what an agent reports, until it is written or the leadership is over: the next leader hears it again. */
    void report(LedgerCommand command, long now, Consumer<LedgerResult> then) {
        submit(command).onComplete(written -> {
            if (closed) {
                return;
            }
            if (written.succeeded()) {
                then.accept(written.result());
            } else {
                again.add(new Report(command, then, now + AGAIN));
            }
        });
    }

    void tick(long now) {
        ticked = now;
        for (int left = again.size(); left > 0; left--) {
            var report = again.removeFirst();
            if (report.at() <= now) {
                report(report.command(), now, report.then());
            } else {
                again.add(report);
            }
        }
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
        again.clear();
    }

    long now() {
        return ledger.now();
    }

    boolean full() {
        return ledger.full();
    }
}
