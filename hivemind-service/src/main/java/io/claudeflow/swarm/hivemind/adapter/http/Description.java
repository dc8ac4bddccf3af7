package io.claudeflow.swarm.hivemind.adapter.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The API's own description, OpenAPI 3.1, which lies beside this class. */
final class Description {
    private static final String FILE = "openapi.yaml";

    private Description() {}

    static Reply reply() {
        return Reply.of(200, "application/yaml", Buffer.buffer(bytes()));
    }

    private static byte[] bytes() {
        try (var in = Objects.requireNonNull(Description.class.getResourceAsStream(FILE), FILE)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
