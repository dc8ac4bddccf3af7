package io.claudeflow.swarm.hivemind.ledger;

/**
 * How many replicas the group is to have: those with the ordinals 0 to replicas - 1.
 *
 * @param generation of the SwarmCluster that said so; an older one changes nothing
 */
public record Membership(int replicas, long generation) {}
