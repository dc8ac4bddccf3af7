package io.claudeflow.swarm.local.kubeapi;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.local.pki.CertificateAuthority;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * What etcd and kube-apiserver prove themselves with, kept in the cluster's pki folder, which only its owner may read.
 *
 * @param folder the pki folder
 * @param caPem  the authority's certificate
 * @param token  the administrator's bearer token
 */
record Credentials(Path folder, String caPem, String token) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int TOKEN_BYTES = 24;

    /** Makes what is missing. */
    static Credentials keep(Path folder) {
        try {
            Files.createDirectories(folder);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            var authority = CertificateAuthority.loadOrCreate(folder, "swarm-local-ca");
            authority.loadOrIssue(folder, "etcd", ca -> ca.server("etcd", List.of(LOOPBACK)));
            authority.loadOrIssue(folder, "etcd-client", ca -> ca.client("kube-apiserver-etcd-client", List.of()));
            authority.loadOrIssue(folder, "kube-apiserver",
                    ca -> ca.server("kube-apiserver", List.of(LOOPBACK, "localhost",
                            "kubernetes", "kubernetes.default", "kubernetes.default.svc",
                            "kubernetes.default.svc.cluster.local")));
            authority.loadOrIssue(folder, "kubelet-client",
                    ca -> ca.client("kube-apiserver-kubelet-client", List.of()));
            // Its key signs the tokens of service accounts; its certificate carries the public key that checks them.
            authority.loadOrIssue(folder, "service-accounts", ca -> ca.client("service-accounts", List.of()));
            return new Credentials(folder, authority.certificatePem(), token(folder.resolve("tokens.csv")));
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "certificates in " + folder + " cannot be read or made: "
                    + e.getMessage() + "; make the folder writable", e);
        }
    }

    private static String token(Path file) throws IOException {
        if (!Files.exists(file)) {
            var bytes = new byte[TOKEN_BYTES];
            new SecureRandom().nextBytes(bytes);
            Files.writeString(file, HexFormat.of().formatHex(bytes) + ",swarm-admin,swarm-admin,system:masters\n");
        }
        var line = Files.readString(file);
        return line.substring(0, line.indexOf(','));
    }

    Path ca() {
        return certificate("ca");
    }

    Path tokens() {
        return folder.resolve("tokens.csv");
    }

    Path certificate(String name) {
        return folder.resolve(name + ".crt");
    }

    Path key(String name) {
        return folder.resolve(name + ".key");
    }
}
