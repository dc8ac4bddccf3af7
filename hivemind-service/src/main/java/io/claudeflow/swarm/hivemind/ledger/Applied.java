package io.claudeflow.swarm.hivemind.ledger;

import java.util.List;

/**
 * What an entry came to.
 *
 * @param results      one per command
 * @param changes      in order
 * @param seq          the last sequence number
 * @param time         logged milliseconds
 * @param horizon      the seq of the youngest tombstone that was dropped; a tail from below it has missed something
 * @param nextDeadline logged milliseconds of the first open deadline, {@link Step#NEVER}: none
 * @param totals       what has ended so far
 */
public record Applied(List<LedgerResult> results, List<LedgerChange> changes, long seq, long time, long horizon,
        long nextDeadline, Totals totals) {
    public Applied {
        results = List.copyOf(results);
        changes = List.copyOf(changes);
    }
}
