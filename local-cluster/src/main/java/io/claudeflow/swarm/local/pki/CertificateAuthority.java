package io.claudeflow.swarm.local.pki;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The authority of one local cluster, kept in a folder that only its owner may read, with the identities that it issued. Both
 * are made when they are missing; an identity is issued again when less than a month of its year is left.
 */
public final class CertificateAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3_650);
    private static final Duration IDENTITY_LIFE = Duration.ofDays(365);
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final Identity own;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private CertificateAuthority(Path folder, Identity own, KeyPair keys, X509Certificate certificate) {
        this.folder = folder;
        this.own = own;
        this.keys = keys;
        this.certificate = certificate;
    }

    /**
     * Opens the authority in that folder.
     *
     * @throws SwarmException Unavailable when its files cannot be read or written
     */
    public static CertificateAuthority open(Path folder) {
        var own = new Identity(folder.resolve("ca.crt"), folder.resolve("ca.key"));
        try {
            Pem.privateFolder(folder);
            if (!Files.exists(own.certificate()) || !Files.exists(own.key())) {
                var keys = Pem.newKeys();
                Pem.write(own.key(), keys.getPrivate());
                Pem.write(own.certificate(), selfSigned(keys));
            }
            return new CertificateAuthority(folder, own, Pem.readKeys(own.key()), Pem.readCertificate(own.certificate()));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw broken(folder, e);
        }
    }

    /** The authority's certificate and key. */
    public Identity identity() {
        return own;
    }

    /** The authority's certificate in PEM. */
    public String certificatePem() {
        return own.certificatePem();
    }

    /**
     * What to issue.
     *
     * @param file          the name of its files, without ending
     * @param commonName    the user, for a client
     * @param organizations the user's groups, for a client
     * @param names         the server's DNS names and addresses; none for a client alone
     * @param client        whether it may act as a client
     */
    public record Request(String file, String commonName, List<String> organizations, List<String> names, boolean client) {
        public Request {
            organizations = List.copyOf(organizations);
            names = List.copyOf(names);
        }

        /** A user of the API. */
        public static Request user(String file, String commonName, String... organizations) {
            return new Request(file, commonName, List.of(organizations), List.of(), true);
        }

        /** A server that answers under those DNS names and addresses. */
        public static Request server(String file, String commonName, String... names) {
            return new Request(file, commonName, List.of(), List.of(names), false);
        }
    }

    /** The identity of that name, issued now if it is not there or about to expire. */
    public Identity issue(Request request) {
        var identity = new Identity(folder.resolve(request.file() + ".crt"), folder.resolve(request.file() + ".key"));
        try {
            if (!valid(identity)) {
                var fresh = Pem.newKeys();
                Pem.write(identity.key(), fresh.getPrivate());
                Pem.write(identity.certificate(), sign(request, fresh.getPublic()));
            }
            return identity;
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw broken(folder, e);
        }
    }

    private boolean valid(Identity identity) {
        try {
            var present = Pem.readCertificate(identity.certificate());
            present.verify(certificate.getPublicKey());
            return Files.exists(identity.key())
                    && present.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEW_BEFORE));
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    private X509Certificate sign(Request request, PublicKey key)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, request.commonName());
        request.organizations().forEach(organization -> subject.addRDN(BCStyle.O, organization));
        var builder = builder(new X500Name(certificate.getSubjectX500Principal().getName()), subject.build(), key,
                IDENTITY_LIFE);
        var purposes = new ArrayList<KeyPurposeId>();
        if (!request.names().isEmpty()) {
            purposes.add(KeyPurposeId.id_kp_serverAuth);
            builder.addExtension(Extension.subjectAlternativeName, false,
                    new GeneralNames(request.names().stream().map(CertificateAuthority::name).toArray(GeneralName[]::new)));
        }
        if (request.client()) {
            purposes.add(KeyPurposeId.id_kp_clientAuth);
        }
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
        builder.addExtension(Extension.authorityKeyIdentifier, false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
        return signed(builder, keys);
    }

    private static GeneralName name(String name) {
        boolean address = name.matches("[0-9.]+|.*:.*");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static X509Certificate selfSigned(KeyPair keys)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, "swarm-local-ca").build();
        var builder = builder(name, name, keys.getPublic(), AUTHORITY_LIFE);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(Extension.subjectKeyIdentifier, false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        return signed(builder, keys);
    }

    private static JcaX509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Duration life) {
        var now = Instant.now();
        return new JcaX509v3CertificateBuilder(issuer, new BigInteger(127, RANDOM).add(BigInteger.ONE),
                Date.from(now.minus(CLOCK_SKEW)), Date.from(now.plus(life)), subject, key);
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair signer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }

    private static SwarmException broken(Path folder, Exception cause) {
        return new SwarmException(ErrorCode.UNAVAILABLE,
                "certificates in " + folder + " cannot be read or made: " + cause.getMessage()
                        + "; make the folder writable, or delete it to get new ones",
                cause);
    }
}
