package io.claudeflow.swarm.hivemind.ledger;

/**
 * Who works on a step.
 *
 * @param agentUid  the SwarmAgent's UID
 * @param agentName its name, kept for those who ask after it is gone
 * @param podUid    the pod
 * @param session   the process in that pod: a new process no longer runs what an old one was given
 */
public record Assignment(String agentUid, String agentName, String podUid, String session) {}
