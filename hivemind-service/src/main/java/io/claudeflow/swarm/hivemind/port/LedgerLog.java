package io.claudeflow.swarm.hivemind.port;

import io.claudeflow.swarm.hivemind.ledger.Applied;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** The replicated log with the ledger at its end. Call on the hive-mind's context; the listener is called there. */
public interface LedgerLog {
    /**
     * Recovers what the volume holds; an empty one founds the group or asks, from then on, to be taken in. Fails with
     * {@code Invalid} when the volume belongs to another group or replica.
     */
    Future<Void> start(Listener listener);

    /** Hands leadership over, unless the deadline is zero, and ends; what is in flight fails as indeterminate. */
    Future<Void> stop(Duration deadline);

    /**
     * Writes a command and applies it. Completes after the listener has seen its changes. Commands submitted one after the
     * other are applied in that order, as far as they are applied at all.
     *
     * <p>Failures: {@code Unavailable} when this replica does not lead, nothing was written; {@code Exhausted} when too much
     * is waiting; {@code Indeterminate} when leadership was lost on the way: submit again, every command is idempotent.
     */
    Future<LedgerResult> submit(LedgerCommand command);

    /** Logged milliseconds at this moment, on the leader. */
    long now();

    /** Whether the volume is so full that new tasks are to be refused; results still go in. */
    boolean full();

    /**
     * Ordinals of the voters that have been heard from, on the leader; empty elsewhere. While the group is being founded and
     * a founder is still missing, the leader names itself alone.
     */
    List<Integer> voters();

    /** The group's members, to be changed by the leader; while it runs. */
    Group group();

    /** What the log tells the leader. */
    interface Listener {
        /** This replica leads and has applied everything before. The view is the listener's from now on. */
        void leading(long term, LedgerView view);

        /** The next entry was applied; only while leading. The listener lets the view take its changes. */
        void applied(Applied entry);

        /** This replica does not lead; -1: nobody is known to. */
        void following(int leader, long term);

        /** The log cannot go on. */
        void failed(Throwable cause);
    }
}
