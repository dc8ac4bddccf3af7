package io.claudeflow.swarm.local.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * An EC P-256 certificate authority of one's own. Its certificate lasts ten years, what it issues one year.
 *
 * <p>Thread-safe. Making keys takes milliseconds; the first use loads Bouncy Castle.
 */
public final class CertificateAuthority {
    /** What has less than this left is issued anew. */
    private static final Duration RENEW = Duration.ofDays(30);

    private final KeyedCertificate own;

    private CertificateAuthority(KeyedCertificate own) {
        this.own = own;
    }

    /** A new authority of that common name. */
    public static CertificateAuthority create(String commonName) {
        return new CertificateAuthority(CertificateSigner.authority(commonName));
    }

    /** An authority that was made before. */
    public static CertificateAuthority of(KeyedCertificate own) {
        return new CertificateAuthority(own);
    }

    /** The authority kept as {@code ca.crt} and {@code ca.key} in a directory; made when it is missing. */
    public static CertificateAuthority loadOrCreate(Path directory, String commonName) throws IOException {
        if (KeyedCertificate.exists(directory, "ca")) {
            return of(KeyedCertificate.read(directory, "ca"));
        }
        var made = create(commonName);
        made.own.write(directory, "ca");
        return made;
    }

    /** The authority's own certificate and key. */
    KeyedCertificate own() {
        return own;
    }

    /** What clients trust. */
    public String certificatePem() {
        return own.certificatePem();
    }

    /** A certificate for a server that is reached under these host names and IP addresses. */
    public KeyedCertificate server(String commonName, Collection<String> hosts) {
        return new CertificateSigner(own).server(commonName, hosts);
    }

    /** A certificate by which a client proves to be that user in these groups (subject CN and O, as Kubernetes reads them). */
    public KeyedCertificate client(String user, List<String> groups) {
        return new CertificateSigner(own).client(user, groups);
    }

    /** The certificate kept under that name in a directory; issued when it is missing, of another authority, or soon over. */
    public KeyedCertificate loadOrIssue(Path directory, String name,
            Function<CertificateAuthority, KeyedCertificate> issue) throws IOException {
        if (KeyedCertificate.exists(directory, name)) {
            var kept = KeyedCertificate.read(directory, name);
            if (usable(kept)) {
                return kept;
            }
        }
        var issued = issue.apply(this);
        issued.write(directory, name);
        return issued;
    }

    private boolean usable(KeyedCertificate kept) {
        try {
            var certificate = kept.certificate();
            certificate.verify(own.certificate().getPublicKey());
            return certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEW));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
