package io.claudeflow.swarm.local.pki;

import java.io.IOException;
import java.math.BigInteger;
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

/** Makes and signs certificates with Bouncy Castle, which is loaded with this class and not before something is issued. */
final class CertificateSigner {
    private static final Duration ISSUED_FOR = Duration.ofDays(365);
    private static final Duration OWN_LIFE = Duration.ofDays(3650);
    /** For clocks that are behind. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);
    private static final int SERIAL_BITS = 127;

    private final KeyedCertificate authority;

    CertificateSigner(KeyedCertificate authority) {
        this.authority = authority;
    }

    static KeyedCertificate authority(String commonName) {
        var keys = keys();
        var name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
        return sign(name, keys.getPrivate(), name, keys, OWN_LIFE, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(
                    KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
            return builder;
        });
    }

    KeyedCertificate server(String commonName, Collection<String> hosts) {
        var names = new ArrayList<GeneralName>();
        for (var host : hosts) {
            boolean address = host.contains(":") || host.matches("\\d+(\\.\\d+){3}");
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
        }
        var subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
        return issue(subject, KeyPurposeId.id_kp_serverAuth, names);
    }

    KeyedCertificate client(String user, List<String> groups) {
        var subject = new X500NameBuilder(BCStyle.INSTANCE);
        groups.forEach(group -> subject.addRDN(BCStyle.O, group));
        return issue(subject.addRDN(BCStyle.CN, user).build(), KeyPurposeId.id_kp_clientAuth, List.of());
    }

    private KeyedCertificate issue(X500Name subject, KeyPurposeId purpose, List<GeneralName> names) {
        var issuer = X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded());
        return sign(issuer, authority.privateKey(), subject, keys(), ISSUED_FOR, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(Extension.authorityKeyIdentifier, false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate().getPublicKey()));
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
