package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.leader.Client.Who;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.port.TokenVerifier;
import io.claudeflow.swarm.hivemind.port.TokenVerifier.Verification;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;

/** Who submits, by the token that is shown: a person, or an agent that is declared with the token's pod. */
final class Callers {
    private final LedgerView view;
    private final TokenVerifier verifier;

    Callers(LedgerView view, TokenVerifier verifier) {
        this.view = view;
        this.verifier = verifier;
    }

    /** Throws Unauthenticated, Forbidden, or Unavailable when it cannot be said yet. */
    Who of(String token) {
        var trust = view.trust();
        if (trust == null) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "no token issuer is trusted yet");
        }
        return switch (verifier.verify(token, trust)) {
            case Verification.User(var account, var expires) -> new Who(account, null, null, expires);
            case Verification.Agent agent -> of(agent);
            case Verification.Expired(var at) ->
                throw new SwarmException(ErrorCode.UNAUTHENTICATED,
                        "the token expired at " + at + ": come with a new one");
            case Verification.UnknownKey(var key) ->
                throw new SwarmException(ErrorCode.UNAVAILABLE, "the token's key " + key + " is not trusted yet");
            case Verification.Rejected(var reason) -> throw new SwarmException(ErrorCode.UNAUTHENTICATED, reason);
        };
    }

    private Who of(Verification.Agent token) {
        var agent = view.agentOfPod(token.podUid());
        if (agent == null) {
            throw new SwarmException(ErrorCode.FORBIDDEN,
                    "pod " + token.podName() + " is not declared as an agent");
        }
        return new Who("agent/" + agent.name(), agent.uid(), token.podUid(), token.expires());
    }
}
