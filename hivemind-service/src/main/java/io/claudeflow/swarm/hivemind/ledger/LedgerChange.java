package io.claudeflow.swarm.hivemind.ledger;

/** What an entry changed, in order; whoever applies them to an image has the ledger's present state. */
public sealed interface LedgerChange {
    record TaskChanged(Task task) implements LedgerChange {}

    record TaskGone(Tombstone tombstone) implements LedgerChange {}

    /** A task of a client has left without a tombstone: its client has settled it. */
    record TaskSettled(String taskUid) implements LedgerChange {}

    record AgentDeclared(Agent agent) implements LedgerChange {}

    record AgentGone(String agentUid) implements LedgerChange {}

    /** An agent is lost, or is there again. */
    record PresenceChanged(Agent agent) implements LedgerChange {}

    record TrustChanged(Trust trust) implements LedgerChange {}

    record DrainChanged(Drain drain) implements LedgerChange {}

    record MembershipChanged(Membership membership) implements LedgerChange {}

    record ArrangementChanged(Arrangement arrangement) implements LedgerChange {}
}
