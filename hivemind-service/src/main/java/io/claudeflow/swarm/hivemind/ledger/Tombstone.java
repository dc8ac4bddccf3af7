package io.claudeflow.swarm.hivemind.ledger;

/**
 * A task that left the ledger.
 *
 * @param seq  of its leaving
 * @param time logged milliseconds
 */
public record Tombstone(String taskUid, long seq, long time) {}
