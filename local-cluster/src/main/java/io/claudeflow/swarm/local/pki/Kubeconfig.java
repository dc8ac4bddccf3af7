package io.claudeflow.swarm.local.pki;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;

/** The access file of a local cluster's administrator, as kubectl and every client library read it; self-contained. */
public final class Kubeconfig {
    private Kubeconfig() {}

    /**
     * Writes the file, replacing it whole.
     *
     * @param name   of cluster, user and context
     * @param server the API server's address, {@code https://127.0.0.1:…}
     */
    public static void write(Path file, String name, String server, CertificateAuthority authority, Identity user) {
        var text = """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s
                    certificate-authority-data: %3$s
                users:
                - name: %1$s
                  user:
                    client-certificate-data: %4$s
                    client-key-data: %5$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %1$s
                current-context: %1$s
                """.formatted(name, server, base64(authority.certificatePem()), base64(user.certificatePem()),
                base64(user.keyPem()));
        try {
            var folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            // A temporary file is its owner's alone from the start, as the key in it wants.
            var next = Files.createTempFile(folder, "kubeconfig", ".new");
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
