package io.claudeflow.swarm.mesh.hivemind;

import java.time.Duration;

/**
 * How often and when a failed step runs again.
 *
 * @param limit      further attempts after the first, 0 or more
 * @param backoff    before the second attempt; doubles with each further one, with jitter
 * @param maxBackoff the longest wait
 * @param onLost     what a lost agent means
 */
public record Retries(int limit, Duration backoff, Duration maxBackoff, OnLost onLost) {
    /** Three more attempts, after 1 s doubling to 1 min. */
    public static final Retries DEFAULT = new Retries(3, Duration.ofSeconds(1), Duration.ofMinutes(1), OnLost.RETRY);

    public Retries {
        if (limit < 0) {
            throw new IllegalArgumentException("limit: " + limit + " is below 0");
        }
    }
}
