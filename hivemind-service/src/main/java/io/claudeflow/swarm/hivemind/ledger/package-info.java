/**
 * The ledger of a swarm as a deterministic state machine: agents, tasks with their steps, trust, drain. {@code (state, entry) ->
 * results and changes}; no clock, no I/O, no randomness (DESIGN.md beside this file has the picture).
 *
 * <p>Threads: {@link io.claudeflow.swarm.hivemind.ledger.Ledger} is confined to the thread that applies the log; every record
 * that leaves it is immutable. Called by the Raft adapter; {@link io.claudeflow.swarm.hivemind.ledger.LedgerView} is the
 * leader's copy of it, confined to the leader's context.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.ledger;

import org.jspecify.annotations.NullMarked;
