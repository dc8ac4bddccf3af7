package io.claudeflow.swarm.local.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An EC P-256 certificate authority of one's own. Its certificate lasts ten years, what it issues one year.
 *
 * <p>Thread-safe. Making keys takes milliseconds; the first use loads Bouncy Castle.
 */
public final class CertificateAuthority {
    private static final Duration ISSUED_FOR = Duration.ofDays(365);
    private static final Duration OWN_LIFE = Duration.ofDays(3650);
    /** What has less than this left is issued anew. */
    private static final Duration RENEW = Duration.ofDays(30);
    /** For clocks that are behind. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);
    private static final int SERIAL_BITS = 127;

    private final KeyedCertificate own;

    private CertificateAuthority(KeyedCertificate own) {
        this.own = own;
    }

    /** A new authority of that common name. */
    public static CertificateAuthority create(String commonName) {
        var keys = keys();
        var name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
        return new CertificateAuthority(sign(name, keys.getPrivate(), name, keys, OWN_LIFE, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(
                    KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
            return builder;
        }));
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
        var names = new ArrayList<GeneralName>();
        for (var host : hosts) {
            boolean address = host.contains(":") || host.matches("\\d+(\\.\\d+){3}");
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
        }
        var subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
        return issue(subject, KeyPurposeId.id_kp_serverAuth, names);
    }

    /** A certificate by which a client proves to be that user in these groups (subject CN and O, as Kubernetes reads them). */
    public KeyedCertificate client(String user, List<String> groups) {
        var subject = new X500NameBuilder(BCStyle.INSTANCE);
        groups.forEach(group -> subject.addRDN(BCStyle.O, group));
        return issue(subject.addRDN(BCStyle.CN, user).build(), KeyPurposeId.id_kp_clientAuth, List.of());
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

    private KeyedCertificate issue(X500Name subject, KeyPurposeId purpose, List<GeneralName> names) {
        var issuer = X500Name.getInstance(own.certificate().getSubjectX500Principal().getEncoded());
        return sign(issuer, own.privateKey(), subject, keys(), ISSUED_FOR, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(Extension.authorityKeyIdentifier, false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(own.certificate().getPublicKey()));
            if (!names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false,
                        new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return builder;
        });
    }

    @FunctionalInterface
    private interface Extensions {
        X509v3CertificateBuilder addTo(X509v3CertificateBuilder builder)
                throws CertIOException, GeneralSecurityException;
    }

    private static KeyedCertificate sign(X500Name issuer, PrivateKey signer, X500Name subject, KeyPair keys,
            Duration life, Extensions extensions) {
        try {
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(issuer, new BigInteger(SERIAL_BITS, new SecureRandom()),
                    Date.from(now.minus(BACKDATED)), Date.from(now.plus(life)), subject, keys.getPublic());
            builder.addExtension(Extension.subjectKeyIdentifier, false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            extensions.addTo(builder);
            var holder = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
            return new KeyedCertificate(Pem.of("CERTIFICATE", holder.getEncoded()),
                    Pem.of("PRIVATE KEY", keys.getPrivate().getEncoded()));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate for " + subject + ": " + e.getMessage(), e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no EC keys on P-256", e);
        }
    }
}
