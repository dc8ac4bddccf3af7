package io.claudeflow.swarm.mesh.hivemind;

/** Where a task stands. The last three are final. */
public enum TaskPhase {
    PENDING, RUNNING, SUSPENDED, COMPLETED, FAILED, CANCELLED;

    public boolean terminal() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
