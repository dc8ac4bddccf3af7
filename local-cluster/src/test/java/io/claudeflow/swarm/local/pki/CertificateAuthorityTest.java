package io.claudeflow.swarm.local.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void issuesForServersAndClients() throws Exception {
        var authority = CertificateAuthority.create("test-ca");
        var server = authority.server("node", List.of("localhost", "127.0.0.1", "::1"));
        assertEquals(3, server.certificate().getSubjectAlternativeNames().size());
        server.certificate().verify(CertificateAuthority.of(readable(authority)).own().certificate().getPublicKey());

        var client = authority.client("alice", List.of("system:masters", "people")).certificate();
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), client.getExtendedKeyUsage());
        assertTrue(client.getSubjectX500Principal().getName().contains("O=system:masters"));
        assertTrue(client.getSubjectX500Principal().getName().contains("CN=alice"));
    }

    private KeyedCertificate readable(CertificateAuthority authority) throws IOException {
        authority.own().write(directory, "copy");
        return KeyedCertificate.read(directory, "copy");
    }

    @Test
    void keepsWhatItMade() throws IOException {
        var authority = CertificateAuthority.loadOrCreate(directory, "test-ca");
        var first = authority.loadOrIssue(directory, "server", ca -> ca.server("a", List.of("a")));
        var again = CertificateAuthority.loadOrCreate(directory, "test-ca");
        assertEquals(authority.certificatePem(), again.certificatePem());
        assertEquals(first, again.loadOrIssue(directory, "server", ca -> ca.server("a", List.of("a"))));

        Files.delete(directory.resolve("ca.key"));
        var other = CertificateAuthority.loadOrCreate(directory, "test-ca");
        assertNotEquals(first, other.loadOrIssue(directory, "server", ca -> ca.server("a", List.of("a"))));
    }

    @Test
    void keysAreTheOwnersAlone() throws IOException {
        CertificateAuthority.loadOrCreate(directory, "test-ca");
        var file = directory.resolve("kubeconfig");
        new Kubeconfig("local", "https://127.0.0.1:1", "PEM", "secret", "default").write(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertEquals(2, Files.getPosixFilePermissions(file).size());
            assertEquals(2, Files.getPosixFilePermissions(directory.resolve("ca.key")).size());
        }
        assertTrue(Files.readString(file).contains("server: \"https://127.0.0.1:1\""));
        assertFalse(new Kubeconfig("local", "s", "PEM", "secret", "default").toString().contains("secret"));
    }
}
