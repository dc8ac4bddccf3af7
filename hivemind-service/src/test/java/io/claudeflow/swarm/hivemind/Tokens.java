package io.claudeflow.swarm.hivemind;

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
import io.claudeflow.swarm.hivemind.ledger.Trust;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** An issuer of tokens as kube-apiserver writes them. */
public final class Tokens {
    public static final String ISSUER = "https://kubernetes.default.svc";
    public static final String AUDIENCE = "swarm";
    public static final String NAMESPACE = "ns";
    public static final String ACCOUNT = "demo-agent";
    public static final String USER = "demo-user";
    public static final String JOB = "demo-job";

    private final ECKey key;

    public Tokens() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public Trust trust() {
        return new Trust(ISSUER, AUDIENCE, NAMESPACE, ACCOUNT, USER, JOB, new JWKSet(key.toPublicJWK()).toString());
    }

    public JWTClaimsSet.Builder claims(String pod, String uid, Instant expires) {
        return new JWTClaimsSet.Builder().issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("system:serviceaccount:" + NAMESPACE + ":" + ACCOUNT)
                .expirationTime(Date.from(expires))
                .claim("kubernetes.io", Map.of("namespace", NAMESPACE, "pod", Map.of("name", pod, "uid", uid),
                        "serviceaccount", Map.of("name", ACCOUNT, "uid", "sa")));
    }

    public String sign(JWTClaimsSet claims) {
        try {
            var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A good token of a person, for ten minutes. */
    public String ofUser() {
        return ofUser(Instant.now().plusSeconds(600));
    }

    public String ofUser(Instant expires) {
        return sign(claims("", "", expires)
                .claim("kubernetes.io", Map.of("namespace", NAMESPACE, "serviceaccount", Map.of("name", USER)))
                .build());
    }

    /** A good token of a pod, for ten minutes. */
    public String of(String pod, String uid) {
        return sign(claims(pod, uid, Instant.now().plusSeconds(600)).build());
    }
}
