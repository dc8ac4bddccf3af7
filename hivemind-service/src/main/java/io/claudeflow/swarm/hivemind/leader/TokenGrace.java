package io.claudeflow.swarm.hivemind.leader;

import java.time.Duration;
import java.time.Instant;

/** How long a stream outlives the token that it was opened with, an agent's as well as a client's. Pure. */
final class TokenGrace {
    private static final Duration GRACE = Duration.ofSeconds(60);

    private TokenGrace() {}

    /**
     * Whether the stream is to end.
     *
     * @param expires when the token did, or will
     */
    static boolean over(Instant expires, Instant now) {
        return now.isAfter(expires.plus(GRACE));
    }
}
