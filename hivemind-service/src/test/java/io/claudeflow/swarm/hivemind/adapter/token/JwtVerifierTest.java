package io.claudeflow.swarm.hivemind.adapter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.nimbusds.jwt.JWTClaimsSet;
import io.claudeflow.swarm.hivemind.Tokens;
import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.hivemind.port.TokenVerifier.Verification;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JwtVerifierTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final Tokens tokens = new Tokens();
    private final JwtVerifier verifier = new JwtVerifier(InstantSource.fixed(NOW));

    private Verification verify(JWTClaimsSet.Builder claims) {
        return verifier.verify(tokens.sign(claims.build()), tokens.trust());
    }

    private void rejected(String reason, JWTClaimsSet.Builder claims) {
        assertEquals(new Verification.Rejected("the token is refused: " + reason), verify(claims));
    }

    private JWTClaimsSet.Builder good() {
        return tokens.claims("agent-0", "pod-uid", NOW.plusSeconds(600));
    }

    @Test
    void aPodsTokenNamesThePod() {
        assertEquals(new Verification.Agent("agent-0", "pod-uid", NOW.plusSeconds(600)), verify(good()));
    }

    @Test
    void aJobsPodHasAnAccountOfItsOwn() {
        var bound = Map.of("namespace", Tokens.NAMESPACE, "serviceaccount", Map.of("name", Tokens.JOB), "pod",
                Map.of("name", "job-pod", "uid", "job-uid"));
        assertEquals(new Verification.Agent("job-pod", "job-uid", NOW.plusSeconds(600)),
                verify(good().claim("kubernetes.io", bound)));
    }

    @Test
    void expiryHasThirtySecondsOfLeeway() {
        assertInstanceOf(Verification.Agent.class, verify(tokens.claims("a", "u", NOW.minusSeconds(30))));
        assertEquals(new Verification.Expired(NOW.minusSeconds(31)),
                verify(tokens.claims("a", "u", NOW.minusSeconds(31))));
    }

    @Test
    void everyClaimCounts() {
        rejected("its issuer is not " + Tokens.ISSUER, good().issuer("https://elsewhere"));
        rejected("its audience is not swarm", good().audience("api"));
        rejected("it has no expiry", good().expirationTime(null));
        rejected("it is no service-account token", good().claim("kubernetes.io", null));
        rejected("it is not bound to a pod", good().claim("kubernetes.io",
                Map.of("namespace", Tokens.NAMESPACE, "serviceaccount", Map.of("name", Tokens.ACCOUNT))));
        rejected("it is not of ServiceAccount ns/demo-agent", good().claim("kubernetes.io",
                Map.of("namespace", "other", "serviceaccount", Map.of("name", Tokens.ACCOUNT))));
        rejected("it is not of ServiceAccount ns/demo-agent", good().claim("kubernetes.io",
                Map.of("namespace", Tokens.NAMESPACE, "serviceaccount", Map.of("name", "default"))));
    }

    @Test
    void anotherIssuersKeyIsNoKey() {
        var forged = new Tokens().sign(good().build());
        assertEquals(new Verification.Rejected("the token is refused: its signature is wrong"),
                verifier.verify(forged, tokens.trust()));
        var trust = tokens.trust();
        var nobody = new Trust(trust.issuer(), trust.audience(), trust.namespace(), trust.serviceAccount(),
                trust.userAccount(), trust.jobAccount(),
                "{\"keys\":[]}");
        assertEquals(new Verification.UnknownKey("k1"), verifier.verify(tokens.sign(good().build()), nobody));
    }

    @Test
    void aTokenThatWasFoundGoodExpiresAllTheSameAndIsNotBelievedUnderAnotherTrust() {
        var now = new AtomicReference<>(NOW);
        var patient = new JwtVerifier(now::get);
        var token = tokens.sign(good().build());
        assertInstanceOf(Verification.Agent.class, patient.verify(token, tokens.trust()));
        assertInstanceOf(Verification.Agent.class, patient.verify(token, tokens.trust()));
        var trust = tokens.trust();
        var other = new Trust(trust.issuer(), trust.audience(), trust.namespace(), "other", trust.userAccount(),
                trust.jobAccount(), trust.jwks());
        assertInstanceOf(Verification.Rejected.class, patient.verify(token, other));
        assertInstanceOf(Verification.Rejected.class, patient.verify(token, new Tokens().trust()));
        now.set(NOW.plusSeconds(631));
        assertEquals(new Verification.Expired(NOW.plusSeconds(600)), patient.verify(token, trust));
    }

    @Test
    void theOldestOfTooManyTokensIsForgotten() {
        var verified = new VerifiedTokens();
        var owner = new Verification.User("u", NOW);
        for (int n = 0; n <= VerifiedTokens.MOST; n++) {
            verified.put("t" + n, tokens.trust(), owner);
        }
        assertNull(verified.owner("t0", tokens.trust()));
        assertEquals(owner, verified.owner("t1", tokens.trust()));
    }

    @Test
    void noiseIsRefused() {
        assertEquals(new Verification.Rejected("the token is refused: it cannot be read"),
                verifier.verify("noise", tokens.trust()));
        // {"alg":"none"} and an empty signature.
        assertEquals(new Verification.Rejected("the token is refused: it cannot be read"),
                verifier.verify("eyJhbGciOiJub25lIn0.e30.", tokens.trust()));
    }
}
