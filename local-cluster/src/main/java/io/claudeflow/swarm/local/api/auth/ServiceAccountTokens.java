package io.claudeflow.swarm.local.api.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.store.ObjectKey;
import io.claudeflow.swarm.local.api.store.Store;
import io.claudeflow.swarm.local.pki.KeyedCertificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of service accounts: made on request, bound to a pod or secret if asked, and good as long as account and bound object exist.
 * Claims as kube-apiserver writes them. Confined to the API's event loop.
 */
public final class ServiceAccountTokens {
    private static final long MIN_SECONDS = 600;
    private static final long MAX_SECONDS = 1L << 32;
    private static final long DEFAULT_SECONDS = 3600;
    /** A pod that is being deleted keeps its token this much longer than its grace period. */
    private static final Duration LEEWAY = Duration.ofSeconds(60);
    private static final String PRIVATE = "kubernetes.io";

    private final KeyedCertificate key;
    private final String issuer;
    private final Store store;
    private final Clock clock;
    private @Nullable TokenSigner signer;

    public ServiceAccountTokens(KeyedCertificate signer, String issuer, Store store, Clock clock) {
        this.key = signer;
        this.issuer = issuer;
        this.store = store;
        this.clock = clock;
    }

    /** Made when first needed: its library is not, at a start. */
    private TokenSigner signer() {
        var made = signer;
        if (made == null) {
            made = new TokenSigner(key);
            signer = made;
        }
        return made;
    }

    public String issuer() {
        return issuer;
    }

    /** The keys that verify these tokens, RFC 7517. */
    public String keySet() {
        return signer().keySet();
    }

    /** Answers a TokenRequest for an account: the request with its status. */
    public ObjectNode request(String namespace, String name, ObjectNode request) {
        var account = store.get(new ObjectKey(BuiltInKinds.SERVICE_ACCOUNTS, namespace, name))
                .orElseThrow(() -> ApiException.notFound("", "serviceaccounts", name));
        var spec = KubeJson.child(request, "spec");
        long seconds = spec.path("expirationSeconds").asLong(DEFAULT_SECONDS);
        if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
            throw ApiException.invalid("authentication.k8s.io", "TokenRequest", "", List.of(FieldError.invalid(
                    "spec.expirationSeconds", spec.path("expirationSeconds"), seconds < MIN_SECONDS
                            ? "may not specify a duration less than 10 minutes"
                            : "may not specify a duration larger than 2^32 seconds")));
        }
        var audiences = KubeJson.strings(spec.path("audiences"));
        if (audiences.isEmpty()) {
            audiences = List.of(issuer);
        }
        var now = clock.instant();
        var expires = now.plusSeconds(seconds);
        var claims = new JWTClaimsSet.Builder().issuer(issuer)
                .subject("system:serviceaccount:" + namespace + ":" + name)
                .audience(audiences)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(expires))
                .jwtID(UUID.randomUUID().toString())
                .claim(PRIVATE, privateClaims(namespace, account, spec.path("boundObjectRef")))
                .build();
        spec.set("audiences", KubeJson.arrayOf(audiences));
        spec.put("expirationSeconds", seconds);
        Meta.of(request).put("name", name).put("namespace", namespace).put("creationTimestamp", Meta.timestamp(now));
        request.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        request.putObject("status")
                .put("token", signer().sign(claims))
                .put("expirationTimestamp", Meta.timestamp(expires));
        return request;
    }

    private Map<String, Object> privateClaims(String namespace, ObjectNode account, JsonNode bound) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("namespace", namespace);
        claims.put("serviceaccount", Map.of("name", Meta.name(account), "uid", Meta.uid(account)));
        if (bound.isObject()) {
            bind(namespace, Meta.name(account), bound, claims);
        }
        return claims;
    }

    private void bind(String namespace, String account, JsonNode bound, Map<String, Object> claims) {
        var kind = KubeJson.string(bound, "kind");
        var name = KubeJson.string(bound, "name");
        var resource = switch (kind) {
            case "Pod" -> BuiltInKinds.PODS;
            case "Secret" -> BuiltInKinds.SECRETS;
            default -> throw ApiException.badRequest("cannot bind token to object of type \"" + kind
                    + "\": name a Pod or a Secret");
        };
        var object = store.get(new ObjectKey(resource, namespace, name))
                .orElseThrow(() -> ApiException.notFound("", resource.plural(), name));
        var uid = KubeJson.string(bound, "uid");
        if (!uid.isEmpty() && !uid.equals(Meta.uid(object))) {
            throw ApiException.conflict("", resource.plural(), name, "the UID in the bound object reference (" + uid
                    + ") does not match the UID in record. The object might have been deleted and then recreated");
        }
        if (kind.equals("Pod") && !KubeJson.string(object, "spec", "serviceAccountName").equals(account)) {
            throw ApiException.badRequest("cannot bind token for serviceaccount \"" + account
                    + "\" to pod running with different serviceaccount name.");
        }
        claims.put(kind.toLowerCase(Locale.ROOT), Map.of("name", name, "uid", Meta.uid(object)));
        var node = KubeJson.string(object, "spec", "nodeName");
        if (kind.equals("Pod") && !node.isEmpty()) {
            store.get(new ObjectKey(BuiltInKinds.NODES, "", node))
                    .ifPresent(n -> claims.put("node", Map.of("name", node, "uid", Meta.uid(n))));
        }
    }

    /**
     * Whose token it is.
     *
     * @param audience the audience that the token must be for
     */
    public Optional<User> authenticate(String token, String audience) {
        return signer().verify(token).filter(claims -> holds(claims, audience)).flatMap(this::user);
    }

    private boolean holds(JWTClaimsSet claims, String audience) {
        var now = Date.from(clock.instant());
        return issuer.equals(claims.getIssuer()) && claims.getAudience().contains(audience)
                && claims.getExpirationTime() != null && claims.getExpirationTime().after(now)
                && (claims.getNotBeforeTime() == null || !claims.getNotBeforeTime().after(now));
    }

    private Optional<User> user(JWTClaimsSet claims) {
        var own = KubeJson.MAPPER.<JsonNode>valueToTree(claims.getClaim(PRIVATE));
        var namespace = KubeJson.string(own, "namespace");
        var name = KubeJson.string(own, "serviceaccount", "name");
        var account = store.get(new ObjectKey(BuiltInKinds.SERVICE_ACCOUNTS, namespace, name));
        if (account.isEmpty() || !Meta.uid(account.get()).equals(KubeJson.string(own, "serviceaccount", "uid"))) {
            return Optional.empty();
        }
        var extra = new HashMap<String, String>();
        extra.put("authentication.kubernetes.io/credential-id", "JTI=" + claims.getJWTID());
        for (var bound : List.of("pod", "secret")) {
            if (own.has(bound)) {
                var resource = bound.equals("pod") ? BuiltInKinds.PODS : BuiltInKinds.SECRETS;
                var object = store.get(new ObjectKey(resource, namespace, KubeJson.string(own, bound, "name")));
                if (object.isEmpty() || !alive(object.get(), KubeJson.string(own, bound, "uid"))) {
                    return Optional.empty();
                }
                extra.put("authentication.kubernetes.io/" + bound + "-name", KubeJson.string(own, bound, "name"));
                extra.put("authentication.kubernetes.io/" + bound + "-uid", KubeJson.string(own, bound, "uid"));
            }
        }
        if (own.has("node")) {
            extra.put("authentication.kubernetes.io/node-name", KubeJson.string(own, "node", "name"));
            extra.put("authentication.kubernetes.io/node-uid", KubeJson.string(own, "node", "uid"));
        }
        return Optional.of(new User(claims.getSubject(), Meta.uid(account.get()), List.of("system:serviceaccounts",
                "system:serviceaccounts:" + namespace, User.AUTHENTICATED), extra));
    }

    private boolean alive(ObjectNode object, String uid) {
        if (!Meta.uid(object).equals(uid)) {
            return false;
        }
        var deletion = KubeJson.string(object, "metadata", "deletionTimestamp");
        return deletion.isEmpty() || Instant.parse(deletion).plus(LEEWAY).isAfter(clock.instant());
    }
}
