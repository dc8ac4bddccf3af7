package io.claudeflow.swarm.local.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** Finds out who asks: by client certificate, by the admin's token, or by a service account's token. */
public final class Authenticator {
    private static final User ADMIN = new User("kubernetes-admin", "", List.of(User.MASTERS, User.AUTHENTICATED),
            Map.of());

    private final byte[] adminToken;
    private final ServiceAccountTokens tokens;

    public Authenticator(String adminToken, ServiceAccountTokens tokens) {
        this.adminToken = adminToken.getBytes(StandardCharsets.UTF_8);
        this.tokens = tokens;
    }

    /** Whose bearer token that is, if it is for this API. */
    public Optional<User> byToken(String token) {
        if (MessageDigest.isEqual(adminToken, token.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(ADMIN);
        }
        return tokens.authenticate(token, tokens.issuer());
    }

    /** Whose certificate that is; TLS has already checked that our authority issued it. */
    public Optional<User> byCertificate(X509Certificate certificate) {
        var groups = new ArrayList<String>();
        var name = "";
        try {
            for (var rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (rdn.getType().equals("CN")) {
                    name = String.valueOf(rdn.getValue());
                } else if (rdn.getType().equals("O")) {
                    groups.add(String.valueOf(rdn.getValue()));
                }
            }
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
        groups.add(User.AUTHENTICATED);
        return name.isEmpty() ? Optional.empty() : Optional.of(new User(name, "", groups, Map.of()));
    }
}
