package io.claudeflow.swarm.agent.checkpoint;

/** What became of the copies of a checkpoint's files. */
public sealed interface Copied {
    /** Each folder has a copy that says what its files say; some are new. */
    record Taken() implements Copied {}

    /**
     * Nothing has changed since the last copies, so they stay.
     *
     * @param files how many files they have, over all folders
     */
    record Unchanged(int files) implements Copied {}

    /** A copy could not be made; the one before it is whole. */
    record Refused(String reason) implements Copied {}
}
