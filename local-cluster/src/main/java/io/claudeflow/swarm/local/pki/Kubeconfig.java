package io.claudeflow.swarm.local.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A kubeconfig with one cluster, one user and one context, everything embedded.
 *
 * @param name      of cluster, user and context
 * @param server    the API's URL
 * @param caPem     what the server's certificate is checked against
 * @param token     the user's bearer token; secret
 * @param namespace the context's namespace
 */
public record Kubeconfig(String name, String server, String caPem, String token, String namespace) {
    /** The file's content, YAML. */
    public String yaml() {
        var ca = Base64.getEncoder().encodeToString(caPem.getBytes(StandardCharsets.US_ASCII));
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: "%1$s"
                  cluster:
                    server: "%2$s"
                    certificate-authority-data: %3$s
                users:
                - name: "%1$s"
                  user:
                    token: "%4$s"
                contexts:
                - name: "%1$s"
                  context:
                    cluster: "%1$s"
                    user: "%1$s"
                    namespace: "%5$s"
                current-context: "%1$s"
                """.formatted(name, server, ca, token, namespace);
    }

    /** Writes the file, readable by its owner alone; its folder is made when it is missing. */
    public void write(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        KeyedCertificate.writeSecret(file, yaml());
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "Kubeconfig[" + name + ", " + server + "]";
    }
}
