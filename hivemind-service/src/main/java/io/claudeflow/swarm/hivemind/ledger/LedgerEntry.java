package io.claudeflow.swarm.hivemind.ledger;

import java.util.List;

/**
 * One entry of the log.
 *
 * @param featureLevel what the reader must know to apply it
 * @param epoch        of the ledger; an entry of another epoch changes nothing
 * @param time         logged milliseconds: the last entry's plus what passed on the leader's monotonic clock; decides deadlines
 * @param wallMillis   the leader's wall clock; shown to people, decides nothing
 * @param salt         the leader's random number, from which every jitter in this entry is derived
 * @param commands     in order
 */
public record LedgerEntry(int featureLevel, long epoch, long time, long wallMillis, long salt,
        List<LedgerCommand> commands) {
    /** The level that this release writes. */
    public static final int FEATURE_LEVEL = 2;

    public LedgerEntry {
        commands = List.copyOf(commands);
    }
}
