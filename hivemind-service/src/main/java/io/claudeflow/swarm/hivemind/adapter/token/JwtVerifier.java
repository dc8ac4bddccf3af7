package io.claudeflow.swarm.hivemind.adapter.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.hivemind.port.TokenVerifier;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens as kube-apiserver issues them (ES256 or RS256; https://kubernetes.io/docs/reference/access-authn-authz,
 * "Bound service account tokens"). The algorithm follows from the trusted key, never from the token alone.
 */
public final class JwtVerifier implements TokenVerifier {
    /** Clocks of issuer and verifier may differ by so much. */
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final String KUBERNETES = "kubernetes.io";

    private final InstantSource clock;
    private final VerifiedTokens verified = new VerifiedTokens();
    private volatile @Nullable Keys keys;

    private record Keys(String jwks, JWKSet parsed) {}

    public JwtVerifier(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Verification verify(String token, Trust trust) {
        var known = verified.owner(token, trust);
        if (known != null) {
            return inTime(known);
        }
        var found = read(token, trust);
        if (expires(found) != null) {
            verified.put(token, trust, found);
        }
        return inTime(found);
    }

    /** Whose it is, or was: whether it has expired is not looked at. */
    private Verification read(String token, Trust trust) {
        try {
            var jwt = SignedJWT.parse(token);
            var id = jwt.getHeader().getKeyID();
            if (id == null) {
                return rejected("it names no key");
            }
            var key = keys(trust.jwks()).getKeyByKeyId(id);
            if (key == null) {
                return new Verification.UnknownKey(id);
            }
            var verifier = verifier(key, jwt.getHeader().getAlgorithm());
            if (verifier == null) {
                return rejected("its algorithm " + jwt.getHeader().getAlgorithm() + " does not fit its key");
            }
            return jwt.verify(verifier) ? claims(jwt.getJWTClaimsSet(), trust) : rejected("its signature is wrong");
        } catch (ParseException | IllegalArgumentException | JOSEException e) {
            return rejected("it cannot be read");
        }
    }

    private JWKSet keys(String jwks) throws ParseException {
        var known = keys;
        if (known == null || !known.jwks().equals(jwks)) {
            known = new Keys(jwks, JWKSet.parse(jwks));
            keys = known;
        }
        return known.parsed();
    }

    private static @Nullable JWSVerifier verifier(JWK key, JWSAlgorithm algorithm) throws JOSEException {
        if (key instanceof ECKey ec && algorithm.equals(JWSAlgorithm.ES256)) {
            return new ECDSAVerifier(ec);
        }
        return key instanceof RSAKey rsa && algorithm.equals(JWSAlgorithm.RS256) ? new RSASSAVerifier(rsa) : null;
    }

    private Verification claims(JWTClaimsSet claims, Trust trust) {
        var expires = claims.getExpirationTime();
        var now = clock.instant();
        if (!trust.issuer().equals(claims.getIssuer())) {
            return rejected("its issuer is not " + trust.issuer());
        }
        if (!claims.getAudience().contains(trust.audience())) {
            return rejected("its audience is not " + trust.audience());
        }
        if (expires == null) {
            return rejected("it has no expiry");
        }
        var begins = claims.getNotBeforeTime();
        if (begins != null && begins.toInstant().isAfter(now.plus(LEEWAY))) {
            return rejected("it is not valid yet");
        }
        if (!(claims.getClaim(KUBERNETES) instanceof Map<?, ?> bound)
                || !(bound.get("serviceaccount") instanceof Map<?, ?> account)) {
            return rejected("it is no service-account token");
        }
        return owner(bound, account.get("name"), trust, expires.toInstant());
    }

    private Verification inTime(Verification found) {
        var expires = expires(found);
        return expires != null && clock.instant().isAfter(expires.plus(LEEWAY))
                ? new Verification.Expired(expires)
                : found;
    }

    /** Null: it is nobody's. */
    private static @Nullable Instant expires(Verification found) {
        return switch (found) {
            case Verification.Agent agent -> agent.expires();
            case Verification.User user -> user.expires();
            case Verification.Expired _,Verification.Rejected _,Verification.UnknownKey _ -> null;
        };
    }

    private static Verification owner(Map<?, ?> bound, @Nullable Object account, Trust trust, Instant expires) {
        boolean here = trust.namespace().equals(bound.get("namespace"));
        if (here && !trust.userAccount().isEmpty() && trust.userAccount().equals(account)) {
            return new Verification.User(trust.userAccount(), expires);
        }
        boolean job = !trust.jobAccount().isEmpty() && trust.jobAccount().equals(account);
        if (!here || !job && !trust.serviceAccount().equals(account)) {
            return rejected("it is not of ServiceAccount " + trust.namespace() + "/" + trust.serviceAccount());
        }
        return bound.get("pod") instanceof Map<?, ?> pod && pod.get("name") instanceof String name
                && pod.get("uid") instanceof String uid
                        ? new Verification.Agent(name, uid, expires)
                        : rejected("it is not bound to a pod");
    }

    private static Verification rejected(String reason) {
        return new Verification.Rejected("the token is refused: " + reason);
    }
}
