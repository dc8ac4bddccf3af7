package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** The projected token, read anew each time: the kubelet renews the file in place. */
final class TokenFile {
    private final Vertx vertx;
    private final Path file;

    TokenFile(Vertx vertx, Path file) {
        this.vertx = vertx;
        this.file = file;
    }

    Future<String> read() {
        return vertx.fileSystem()
                .readFile(file.toString())
                .map(bytes -> bytes.toString().strip())
                .recover(cause -> Future.failedFuture(new SwarmException(ErrorCode.UNAVAILABLE,
                        "the token file " + file + " cannot be read; is the token's volume mounted?", cause)));
    }
}
