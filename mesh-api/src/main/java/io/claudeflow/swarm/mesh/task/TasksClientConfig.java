package io.claudeflow.swarm.mesh.task;

import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Whom a client asks, and as whom.
 *
 * @param doors    of replicas, in the order in which they are tried; at least one
 * @param token    read for each new stream, quickly: a renewed token is shown with the next one
 * @param session  chosen once per client, a UUID in lower case
 * @param patience how long a request may wait for its acceptance before it fails as Indeterminate or Unavailable
 * @param waiting  requests that may wait for credit; further ones fail as Exhausted
 */
public record TasksClientConfig(List<SocketAddress> doors, Supplier<String> token, String session, Duration patience,
        int waiting) {
    public TasksClientConfig {
        doors = List.copyOf(doors);
        if (doors.isEmpty()) {
            throw new IllegalArgumentException("doors: is empty; name at least one replica");
        }
    }

    /** A new session with one minute of patience. */
    public static TasksClientConfig of(List<SocketAddress> doors, Supplier<String> token) {
        return new TasksClientConfig(doors, token, UUID.randomUUID().toString(), Duration.ofMinutes(1), 65_536);
    }

    @Override
    public String toString() {
        return "TasksClientConfig[doors=" + doors + ", session=" + session + ", token=****]";
    }
}
