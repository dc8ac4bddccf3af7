package io.claudeflow.swarm.mesh.hivemind;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a task's attempts.
 *
 * @param resumeCount attempts that began from a checkpoint
 * @param checkpoint  number of the last checkpoint, counted over all attempts; null: none
 * @param takenAt     when it was taken, by the clock of the leader that logged it
 * @param lostWork    run time of attempts that ended without a result since their last checkpoint, all together
 */
public record Saved(int resumeCount, @Nullable Long checkpoint, @Nullable Instant takenAt, Duration lostWork) {
    /** Nothing. */
    public static final Saved NOTHING = new Saved(0, null, null, Duration.ZERO);
}
