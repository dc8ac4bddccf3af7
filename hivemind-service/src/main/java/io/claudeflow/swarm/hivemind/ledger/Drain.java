package io.claudeflow.swarm.hivemind.ledger;

/**
 * The end of the swarm's work: no new assignments.
 *
 * @param deadline logged milliseconds
 * @param drained  whether nothing is held any more, or the deadline has passed
 */
public record Drain(long deadline, String reason, boolean drained) {}
