package io.claudeflow.swarm.benchmarks.ledger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;

/** An issuer of tokens as kube-apiserver writes them; they live for a day. */
final class Keys {
    private static final String ID = "k1";

    private final ECKey key;

    Keys() throws JOSEException {
        key = new ECKeyGenerator(Curve.P_256).keyID(ID).generate();
    }

    String jwks() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    String ofAgent(String name) throws JOSEException {
        return sign(Map.of("namespace", Layout.NAMESPACE, "pod", Map.of("name", name, "uid", Layout.podUid(name)),
                "serviceaccount", Map.of("name", Layout.AGENT_ACCOUNT)));
    }

    String ofUser() throws JOSEException {
        return sign(Map.of("namespace", Layout.NAMESPACE, "serviceaccount", Map.of("name", Layout.USER_ACCOUNT)));
    }

    private String sign(Map<String, Object> bound) throws JOSEException {
        var claims = new JWTClaimsSet.Builder().issuer(Layout.ISSUER)
                .audience(Layout.AUDIENCE)
                .expirationTime(Date.from(Instant.now().plus(1, ChronoUnit.DAYS)))
                .claim("kubernetes.io", bound)
                .build();
        var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(ID).build(), claims);
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }
}
