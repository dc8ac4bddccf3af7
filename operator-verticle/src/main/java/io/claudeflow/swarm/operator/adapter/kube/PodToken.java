package io.claudeflow.swarm.operator.adapter.kube;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** The token that the kubelet keeps in a file and renews there: read again when the file has changed. Any thread. */
final class PodToken {
    private final Path file;
    private @Nullable FileTime modified;
    private String token = "";

    PodToken(Path file) {
        this.file = file;
    }

    synchronized String get() {
        try {
            var now = Files.getLastModifiedTime(file);
            if (!now.equals(modified)) {
                token = Files.readString(file).strip();
                modified = now;
            }
            return token;
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE,
                    "cannot read the pod's token " + file + "; is its ServiceAccount's token mounted?", e);
        }
    }
}
