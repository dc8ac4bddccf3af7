package io.claudeflow.swarm.hivemind.codec;

import io.claudeflow.swarm.hivemind.ledger.LedgerEntry;

/** Which feature levels this release reads. */
final class Formats {
    private Formats() {}

    static void check(String what, int level) {
        if (level < 1 || level > LedgerEntry.FEATURE_LEVEL) {
            throw new UnreadableException("the " + what + " has feature level " + level + ", this release reads 1 to "
                    + LedgerEntry.FEATURE_LEVEL + ": start the release that wrote it", null);
        }
    }
}
