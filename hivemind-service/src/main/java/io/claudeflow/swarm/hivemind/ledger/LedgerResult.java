package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;

/** What a command came to, in the place of the command. */
public sealed interface LedgerResult {
    /** Applied, or nothing was left to do. */
    record Done(long seq) implements LedgerResult {}

    /** A task is in the ledger. */
    record Submitted(HivemindReply.Submitted.Outcome outcome, long seq) implements LedgerResult {}

    /** What became of an agent's report. */
    record Verdict(Kind kind) implements LedgerResult {
        /** Taken, taken before, or too late. */
        public enum Kind {
            STORED, DUPLICATE, FENCED
        }
    }

    /** Not applied; nothing has changed. */
    record Refused(ErrorCode code, String message) implements LedgerResult {}
}
