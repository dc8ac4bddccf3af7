/**
 * Which waiting step goes to which connected agent. Pure decisions over indexes that follow the ledger; deciding one placement
 * costs the logarithm of what waits and of who is free, not their product, times the number of kinds of agents (crews): those that
 * differ in what a step can ask for.
 *
 * <p>Threads: confined to the leader's context. Called by the leader.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.scheduler;

import org.jspecify.annotations.NullMarked;
