/**
 * The ledger's log by Apache Ratis: group commit on the leader, one state machine per replica, snapshots as checksummed files.
 *
 * <p>Threads: {@link io.claudeflow.swarm.hivemind.adapter.raft.RaftLedgerLog} is called on the hive-mind's context and calls its
 * listener there; the state machine is confined to Ratis' apply thread; proposals go through one thread of their own, because
 * appending may wait for a lock or for the disk. Made by the composition root.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.adapter.raft;

import org.jspecify.annotations.NullMarked;
