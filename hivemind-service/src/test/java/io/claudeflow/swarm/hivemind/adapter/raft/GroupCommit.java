package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.LongSupplier;

/** The real group commit and logged clock, without Ratis, for simulations of other packages. */
public final class GroupCommit {
    private final LoggedClock clock;
    private final Proposals proposals;

    /** Sends an entry on its way; {@link #applied} or {@link #failed} follows. */
    public interface Sender {
        void send(long callId, byte[] entry);
    }

    public GroupCommit(long epoch, LongSupplier nanos, LongSupplier wallMillis, LongSupplier random, Sender sender) {
        clock = new LoggedClock(nanos, wallMillis);
        proposals = new Proposals(epoch, clock, random, sender::send);
    }

    public Future<LedgerResult> submit(LedgerCommand command) {
        return proposals.submit(command);
    }

    /** Logged milliseconds. */
    public long now() {
        return clock.now();
    }

    public void lead(long lastLogged) {
        clock.lead(lastLogged);
        proposals.lead();
    }

    public void follow() {
        proposals.follow();
    }

    public void applied(long callId, List<LedgerResult> results) {
        proposals.applied(callId, results);
    }

    public void failed(long callId, Throwable cause) {
        proposals.failed(callId, cause);
    }
}
