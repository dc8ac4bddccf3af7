package io.claudeflow.swarm.hivemind.port;

import io.claudeflow.swarm.hivemind.ledger.Trust;
import java.time.Instant;

/** Says whose token it is. Quick, no I/O, any thread. */
public interface TokenVerifier {
    /** Checks signature, issuer, audience, expiry, namespace and ServiceAccount. */
    Verification verify(String token, Trust trust);

    /** What a token came to. */
    sealed interface Verification {
        /** It is an agent's, the token of that pod. */
        record Agent(String podName, String podUid, Instant expires) implements Verification {}

        /** It is a person's. */
        record User(String account, Instant expires) implements Verification {}

        /** It was good once: its owner should read it again. */
        record Expired(Instant at) implements Verification {}

        /** It is nobody's token in this swarm; the reason names what is wrong, never the token. */
        record Rejected(String reason) implements Verification {}

        /** The key that signed it is not among those trusted; newer ones may come. */
        record UnknownKey(String keyId) implements Verification {}
    }
}
