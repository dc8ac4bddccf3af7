package io.claudeflow.swarm.kit.app;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * A service, assembled but not yet started. Whoever runs it (its {@code Main}, or the local kubelet) owns the Vert.x instance
 * that it was created with and closes that itself.
 *
 * <p>Threads: {@link #start} and {@link #stop} are called on one Vert.x context, never at the same time.
 */
public interface Application {
    /**
     * Starts the service; completes once it serves. A failure means that nothing is left running: what had started was
     * stopped again.
     */
    Future<Void> start();

    /**
     * Stops in the reverse order of start. Completes at the latest when {@code deadline} is over; what has not stopped by then
     * is abandoned and named in the log. Stopping twice is stopping once. A deadline of zero is a kill: nothing is
     * handed over or flushed.
     */
    Future<Void> stop(Duration deadline);

    /**
     * Completes when the service has ended by itself: with success when its work is done, with a failure when it cannot go on
     * (a lost lease, a closed Raft server). Its runner then stops it and exits with a code that is not 0 after a failure.
     */
    Future<Void> ended();

    /** What the service says of itself at this moment. Any thread. */
    Health health();
}
