package io.claudeflow.swarm.local.pki;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A certificate and its EC P-256 key, both PEM files.
 *
 * @param certificate readable by all
 * @param key         readable by its owner; {@code EC PRIVATE KEY}, the form that all of kubectl, fabric8, Vert.x and the API server read
 */
public record Identity(Path certificate, Path key) {
    /** The certificate's text. */
    public String certificatePem() {
        return text(certificate);
    }

    /** The key's text. */
    public String keyPem() {
        return text(key);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
