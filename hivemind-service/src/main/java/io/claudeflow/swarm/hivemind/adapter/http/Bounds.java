package io.claudeflow.swarm.hivemind.adapter.http;

import java.time.Duration;

/**
 * What one replica takes.
 *
 * @param requests    at a time, those that wait for a task's end among them
 * @param connections of HTTP/1.1 at a time
 * @param body        how long a request's body may take
 * @param idle        how long a connection may say nothing
 */
record Bounds(int requests, int connections, Duration body, Duration idle) {
    static final Bounds DEFAULT = new Bounds(8_192, 4_096, Duration.ofSeconds(10), Duration.ofSeconds(60));
}
