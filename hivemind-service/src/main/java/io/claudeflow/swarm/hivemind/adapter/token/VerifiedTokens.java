package io.claudeflow.swarm.hivemind.adapter.token;

import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.hivemind.port.TokenVerifier.Verification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose the tokens were that were found good last, by their digests: a signature takes milliseconds, and whoever speaks HTTP shows
 * his token with each request. What is remembered says nothing of time. Any thread.
 */
final class VerifiedTokens {
    static final int MOST = 1_024;

    private final LinkedHashMap<String, Owned> byDigest = new LinkedHashMap<>(16, 0.75f, true);

    private record Owned(Trust trust, Verification owner) {}

    /** Whose it was found to be under the same trust; null: not known. */
    synchronized @Nullable Verification owner(String token, Trust trust) {
        var known = byDigest.get(digest(token));
        return known != null && known.trust().equals(trust) ? known.owner() : null;
    }

    synchronized void put(String token, Trust trust, Verification owner) {
        byDigest.put(digest(token), new Owned(trust, owner));
        if (byDigest.size() > MOST) {
            byDigest.pollFirstEntry();
        }
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
