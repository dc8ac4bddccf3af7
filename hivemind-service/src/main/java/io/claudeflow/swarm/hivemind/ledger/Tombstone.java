package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;

/**
 * A task that left the ledger.
 *
 * @param seq    of its leaving
 * @param time   logged milliseconds
 * @param origin the task's; those that tail hear of KUBERNETES alone
 */
public record Tombstone(String taskUid, long seq, long time, TaskOrigin origin) {}
