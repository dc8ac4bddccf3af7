package io.claudeflow.swarm.mesh.hivemind;

/** Where a task came from: it decides who has to acknowledge its end. */
public enum TaskOrigin {
    /** A SwarmTask: kept until the mesh operator has acknowledged its final state. */
    KUBERNETES,
    /** The bus or an API: lives in the ledger only. */
    CLIENT
}
