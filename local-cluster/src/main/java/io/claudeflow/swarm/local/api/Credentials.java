package io.claudeflow.swarm.local.api;

import io.claudeflow.swarm.local.pki.CertificateAuthority;
import io.claudeflow.swarm.local.pki.KeyedCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What the API server proves itself with, and what it trusts.
 *
 * @param caPem         the authority of clients, kubelets and the server itself
 * @param server        the HTTPS server's certificate
 * @param kubeletClient what kubelets know the API server by
 * @param tokenSigner   signs service-account tokens
 * @param adminToken    the bearer token of the kubeconfig's user; secret
 */
public record Credentials(String caPem, KeyedCertificate server, KeyedCertificate kubeletClient,
        KeyedCertificate tokenSigner, String adminToken) {
    private static final String AUTHORITY = "swarm-local-ca";
    private static final int TOKEN_BYTES = 24;

    /** Fresh ones that die with the process. Loads the certificate library: some hundred milliseconds the first time. */
    public static Credentials create(CertificateAuthority authority, Collection<String> hosts) {
        return new Credentials(authority.certificatePem(), server(authority, hosts), kubeletClient(authority),
                authority.client("service-accounts", List.of()), token());
    }

    /** Fresh ones of an authority of their own. */
    public static Credentials create(Collection<String> hosts) {
        return create(CertificateAuthority.create(AUTHORITY), hosts);
    }

    /**
     * Those kept in a directory, made where they are missing or about to expire: tokens and kubeconfigs that were given out stay good
     * over a restart. Blocking.
     *
     * @param hosts the names and addresses that clients reach the server by, besides localhost and the service's
     */
    public static Credentials loadOrCreate(Path directory, Collection<String> hosts) throws IOException {
        var authority = CertificateAuthority.loadOrCreate(directory, AUTHORITY);
        // Named by its hosts: with other hosts, another certificate.
        var serverName = "apiserver-" + Integer.toHexString(new LinkedHashSet<>(hosts).hashCode());
        var server = authority.loadOrIssue(directory, serverName, ca -> server(ca, hosts));
        var kubelet = authority.loadOrIssue(directory, "apiserver-kubelet-client", Credentials::kubeletClient);
        var signer = signer(directory, authority);
        return new Credentials(authority.certificatePem(), server, kubelet, signer, token(directory));
    }

    /** The signer's certificate only carries its key, so it is never renewed: that would end all tokens. */
    private static KeyedCertificate signer(Path directory, CertificateAuthority authority) throws IOException {
        if (KeyedCertificate.exists(directory, "service-accounts")) {
            return KeyedCertificate.read(directory, "service-accounts");
        }
        var made = authority.client("service-accounts", List.of());
        made.write(directory, "service-accounts");
        return made;
    }

    private static String token(Path directory) throws IOException {
        return SecretFile.readOrWrite(directory.resolve("admin.token"), Credentials::token);
    }

    private static String token() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static KeyedCertificate server(CertificateAuthority authority, Collection<String> hosts) {
        var names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1", "kubernetes", "kubernetes.default",
                "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "10.96.0.1"));
        names.addAll(hosts);
        return authority.server("kube-apiserver", names);
    }

    private static KeyedCertificate kubeletClient(CertificateAuthority authority) {
        return authority.client("kube-apiserver-kubelet-client", List.of("system:masters"));
    }

    /** Never a secret. */
    @Override
    public String toString() {
        return "Credentials[" + server + "]";
    }
}
