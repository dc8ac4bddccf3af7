package io.claudeflow.swarm.kit.cluster;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that lives for one test. */
record TestCertificates(X509Certificate certificate, PrivateKey key) {
    static TestCertificates authority(String name) throws Exception {
        var pair = pair();
        var subject = new X500Principal("CN=" + name);
        return new TestCertificates(signed(subject, pair, subject, pair.getPrivate(), true), pair.getPrivate());
    }

    /** Writes {@code tls.crt}, {@code tls.key} and {@code ca.crt} of a new member. */
    Path folder(Path folder, String member) throws Exception {
        var pair = pair();
        var leaf = signed(new X500Principal("CN=" + member), pair, certificate.getSubjectX500Principal(), key, false);
        Files.createDirectories(folder);
        pem(folder.resolve("tls.crt"), "CERTIFICATE", leaf.getEncoded());
        pem(folder.resolve("tls.key"), "PRIVATE KEY", pair.getPrivate().getEncoded());
        pem(folder.resolve("ca.crt"), "CERTIFICATE", certificate.getEncoded());
        return folder;
    }

    private static KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate signed(X500Principal subject, KeyPair pair, X500Principal issuer, PrivateKey by,
            boolean authority) throws GeneralSecurityException, IOException, OperatorCreationException {
        var now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(issuer, BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minus(1, ChronoUnit.HOURS)), Date.from(now.plus(1, ChronoUnit.HOURS)), subject,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by)));
    }

    private static void pem(Path file, String label, byte[] der) throws IOException {
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'})
                .encodeToString(der) + "\n-----END " + label + "-----\n");
    }
}
