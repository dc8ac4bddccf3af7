package io.claudeflow.swarm.hivemind.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole state at one moment: what a snapshot holds, and what a new leader's view begins with. Lists are sorted: agents by
 * index, tasks by UID, tombstones by seq, sessions of clients by id; two ledgers that applied the same log have equal images.
 *
 * @param header everything that is one of its kind
 */
public record LedgerImage(Header header, List<Agent> agents, List<Task> tasks, List<Tombstone> tombstones,
        List<ClientSession> clients) {
    public LedgerImage {
        agents = List.copyOf(agents);
        tasks = List.copyOf(tasks);
        tombstones = List.copyOf(tombstones);
        clients = List.copyOf(clients);
    }

    /**
     * @param seq         the last sequence number
     * @param time        logged milliseconds
     * @param horizon     the seq of the youngest tombstone that was dropped
     * @param nextIndex   the next registration index
     * @param leaseMillis of the last leader
     * @param retries     what is left for retries
     * @param membership  how many replicas the group is to have; null: nobody has said
     * @param arrangement who stands where
     * @param totals      what has ended so far
     */
    public record Header(long epoch, long seq, long time, long horizon, long nextIndex, long leaseMillis,
            RetryBudget retries, @Nullable Trust trust, @Nullable Drain drain, @Nullable Membership membership,
            Arrangement arrangement, Totals totals) {}

    /** The image of a ledger that has applied nothing. */
    public static LedgerImage empty(long epoch) {
        return new LedgerImage(new Header(epoch, 0, 0, 0, 0, 5_000, RetryBudget.FULL, null, null, null,
                Arrangement.NONE, Totals.NONE),
                List.of(),
                List.of(),
                List.of(), List.of());
    }
}
