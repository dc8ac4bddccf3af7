package io.claudeflow.swarm.local.api.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.claudeflow.swarm.local.pki.KeyedCertificate;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signs and verifies service-account tokens (ES256), and shows the key that others verify them by. One thread. */
final class TokenSigner {
    private static final int REMEMBERED = 1_000;

    private final ECKey key;
    /** Tokens whose signature has been checked; who holds them asks often. */
    private final Map<String, JWTClaimsSet> verified = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JWTClaimsSet> eldest) {
            return size() > REMEMBERED;
        }
    };

    TokenSigner(KeyedCertificate signer) {
        try {
            this.key = new ECKey.Builder(Curve.P_256, (ECPublicKey) signer.certificate().getPublicKey())
                    .privateKey(signer.privateKey())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint()
                    .build();
        } catch (JOSEException e) {
            throw new IllegalArgumentException("no key to sign tokens with: " + e.getMessage(), e);
        }
    }

    String sign(JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the token was not signed: " + e.getMessage(), e);
        }
    }

    /** The claims of a token that this key has signed; whether they still hold is for the caller. */
    Optional<JWTClaimsSet> verify(String token) {
        var known = verified.get(token);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            var parsed = SignedJWT.parse(token);
            if (!parsed.verify(new ECDSAVerifier(key))) {
                return Optional.empty();
            }
            verified.put(token, parsed.getJWTClaimsSet());
            return Optional.of(parsed.getJWTClaimsSet());
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    /** The public key as a JSON Web Key Set. */
    String keySet() {
        return "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}";
    }
}
