package io.claudeflow.swarm.hivemind.adapter.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.hivemind.port.TokenVerifier.Verification;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/**
 * The first verification of a JVM, on a token of its own making. The curve's tables alone take tenths of a second of a busy core,
 * which otherwise every agent of a new leader would wait for.
 */
public final class WarmUp {
    private static final String ITSELF = "warm-up";

    private WarmUp() {}

    /** Blocks. */
    public static void run() {
        var now = Instant.now();
        try {
            var key = new ECKeyGenerator(Curve.P_256).keyID(ITSELF).generate();
            var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(ITSELF).build(),
                    new JWTClaimsSet.Builder().issuer(ITSELF)
                            .audience(ITSELF)
                            .expirationTime(Date.from(now.plusSeconds(60)))
                            .claim("kubernetes.io", Map.of("namespace", ITSELF, "serviceaccount",
                                    Map.of("name", ITSELF), "pod", Map.of("name", ITSELF, "uid", ITSELF)))
                            .build());
            token.sign(new ECDSASigner(key));
            var trust = new Trust(ITSELF, ITSELF, ITSELF, ITSELF, "", "", new JWKSet(key).toString());
            var found = new JwtVerifier(() -> now).verify(token.serialize(), trust);
            if (!(found instanceof Verification.Agent)) {
                throw new IllegalStateException("a token of this replica's own is refused: " + found);
            }
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM cannot verify ES256: " + e.getMessage(), e);
        }
    }
}
