package io.claudeflow.swarm.agent.door;

import io.claudeflow.swarm.agent.checkpoint.CheckpointData;
import io.vertx.core.Future;
import java.util.Optional;

/** What a script may ask while it runs. On the agent's context. Failures are SwarmExceptions. */
public interface ScriptCalls {
    /** Reports progress; of several reports in a short time the hive-mind hears the last. */
    void progress(Percent percent, String message);

    /**
     * Takes a checkpoint: copies the files, then saves the data. Completes with the number when the ledger has it, however
     * long the hive-mind is away. Fails with Fenced when another attempt has taken the run's place, with Exhausted when files
     * cannot be copied or too many checkpoints wait.
     */
    Future<Long> checkpoint(CheckpointData data);

    /** What the last checkpoint in the ledger says, of this attempt or of the one that it goes on from. */
    Optional<CheckpointData> lastCheckpoint();

    /**
     * Hands a task to the swarm; completes with its UID. Fails with the hive-mind's code, or with Indeterminate when no answer
     * came within 10 s.
     */
    Future<String> submit(Submission submission);

    StepFacts facts();
}
