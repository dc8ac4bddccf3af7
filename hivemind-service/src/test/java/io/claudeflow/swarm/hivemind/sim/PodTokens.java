package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.hivemind.port.TokenVerifier;
import java.time.Instant;

/** Tokens that name their pod and when they were made, believed by a replica's own wall clock. */
final class PodTokens implements TokenVerifier {
    static final String USER = "user";
    static final String BAD = "bad";
    static final String EXPIRED = "expired";
    private static final long LIFE = 600_000;
    private static final long LEEWAY = 30_000;

    private final Clocks clocks;

    PodTokens(Clocks clocks) {
        this.clocks = clocks;
    }

    /** A new token of that pod, made by a machine whose clock is right. */
    static String token(String podUid, long now) {
        return podUid + "@" + (Clocks.DAY + now);
    }

    @Override
    public Verification verify(String token, Trust trust) {
        switch (token) {
            case USER -> {
                return new Verification.User("demo-user", Instant.ofEpochMilli(clocks.wallMillis() + LIFE));
            }
            case BAD -> {
                return new Verification.Rejected("not of " + trust.issuer());
            }
            case EXPIRED -> {
                return new Verification.Expired(Instant.EPOCH);
            }
            default -> {
                // A pod's.
            }
        }
        int at = token.lastIndexOf('@');
        long expires = Long.parseLong(token.substring(at + 1)) + LIFE;
        if (clocks.wallMillis() > expires + LEEWAY) {
            return new Verification.Expired(Instant.ofEpochMilli(expires));
        }
        var pod = token.substring(0, at);
        return new Verification.Agent(pod, pod, Instant.ofEpochMilli(expires));
    }
}
