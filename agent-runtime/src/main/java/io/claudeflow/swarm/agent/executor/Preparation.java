package io.claudeflow.swarm.agent.executor;

import io.claudeflow.swarm.agent.checkpoint.CheckpointData;
import java.io.IOException;
import java.util.Optional;

/** What an attempt that goes on from a checkpoint needs before its script starts. */
public interface Preparation {
    /** For an attempt that begins at the beginning. */
    Preparation NONE = Optional::empty;

    /**
     * Restores the files of the last checkpoint, and returns what it says; empty: there is none to go on from. Blocking; called
     * once, on the executor's thread. When it fails the step is not started.
     */
    Optional<CheckpointData> prepare() throws IOException;
}
