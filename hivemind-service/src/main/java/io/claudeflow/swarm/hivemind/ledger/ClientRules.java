package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Done;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Refused;
import io.claudeflow.swarm.kit.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Whose a session is, and what becomes of tasks that their client has settled. */
final class ClientRules {
    private final LedgerState state;

    ClientRules(LedgerState state) {
        this.state = state;
    }

    LedgerResult settle(LedgerCommand.Settle command) {
        if (!state.clients.hear(command.session(), command.submitter(), state.time)) {
            return notTheirs(command.session());
        }
        for (var uid : state.clients.settle(command.session(), command.upTo())) {
            var task = state.task(uid);
            if (task != null && task.terminal()) {
                state.settle(task);
            }
        }
        return new Done(state.seq());
    }

    /** Why a client may not submit that task, or null. */
    static @Nullable Refused obstacle(LedgerState state, ClientTask task, String submitter) {
        var known = state.task(task.uid());
        boolean theirs = known == null || known.about().submitter().equals(submitter);
        return theirs && state.clients.hear(task.session(), submitter, state.time) ? null : notTheirs(task.session());
    }

    private static Refused notTheirs(String session) {
        return new Refused(ErrorCode.FORBIDDEN, "session " + session + " is another submitter's: choose a new one");
    }
}
