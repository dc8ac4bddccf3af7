package io.claudeflow.swarm.local.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;

/**
 * A certificate with its private key, both as PEM text (the key as PKCS #8).
 *
 * @param certificatePem one certificate
 * @param privateKeyPem  its EC key; secret
 */
public record KeyedCertificate(String certificatePem, String privateKeyPem) {
    /** Writes {@code NAME.crt} and {@code NAME.key}, the key readable by its owner alone. */
    public void write(Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(name + ".crt"), certificatePem);
        writeSecret(directory.resolve(name + ".key"), privateKeyPem);
    }

    /** Writes a file that only its owner may read, where the file system knows owners. */
    static void writeSecret(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.createFile(file, mine);
        }
        Files.writeString(file, content);
    }

    /** Whether {@link #write} has written that name there. */
    public static boolean exists(Path directory, String name) {
        return Set.of(".crt", ".key").stream().allMatch(end -> Files.isReadable(directory.resolve(name + end)));
    }

    /** Reads what {@link #write} has written. */
    public static KeyedCertificate read(Path directory, String name) throws IOException {
        return new KeyedCertificate(Files.readString(directory.resolve(name + ".crt")),
                Files.readString(directory.resolve(name + ".key")));
    }

    /** The certificate as the JDK has it. */
    public X509Certificate certificate() {
        try {
            var in = new ByteArrayInputStream(certificatePem.getBytes(StandardCharsets.US_ASCII));
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a certificate in PEM form: " + e.getMessage(), e);
        }
    }

    /** The key as the JDK has it. */
    public PrivateKey privateKey() {
        try {
            var body = privateKeyPem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not an EC key in PKCS #8 PEM form: " + e.getMessage(), e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "KeyedCertificate[" + certificate().getSubjectX500Principal() + "]";
    }
}
