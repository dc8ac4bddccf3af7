package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;

/**
 * An agent that the operator has declared.
 *
 * @param declaration who it is
 * @param index       its registration index: the order of first declaration, never used twice; {@link #NO_INDEX}: a Job's pod
 * @param seq         the ledger's sequence number of that declaration
 */
public record Agent(AgentDeclaration declaration, long index, long seq) {
    static final long NO_INDEX = -1;

    public String uid() {
        return declaration.agentUid();
    }

    public String name() {
        return declaration.name();
    }
}
