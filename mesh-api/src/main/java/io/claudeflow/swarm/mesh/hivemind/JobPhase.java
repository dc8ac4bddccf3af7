package io.claudeflow.swarm.mesh.hivemind;

/** What the operator sees of an attempt's Job. */
public enum JobPhase {
    /** Its container runs. Said for foreign images only; our agent speaks for itself. */
    STARTED,
    /** Its container ended with exit code 0. Said for foreign images only. */
    SUCCEEDED,
    /** Its container ended otherwise, or its pod could not be run. */
    FAILED,
    /** Its pod is gone without an end of its own: deleted, evicted, or lost with its node. */
    GONE
}
