package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;

/**
 * An agent that the operator has declared.
 *
 * @param declaration who it is
 * @param index       its registration index: the order of first declaration, never used twice; {@link #NO_INDEX}: a Job's pod
 * @param seq         the ledger's sequence number of that declaration
 * @param lost        its lease was over and it has not come back: others stand in its place
 */
public record Agent(AgentDeclaration declaration, long index, long seq, boolean lost) {
    static final long NO_INDEX = -1;

    Agent lost(boolean now) {
        return new Agent(declaration, index, seq, now);
    }

    public String uid() {
        return declaration.agentUid();
    }

    public String name() {
        return declaration.name();
    }
}
