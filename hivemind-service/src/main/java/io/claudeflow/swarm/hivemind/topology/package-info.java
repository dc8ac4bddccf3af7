/**
 * Who stands where in the swarm: pure functions of the arrangement and of the agents that the ledger knows, so that every replica,
 * and every leader after another, sees the same.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.topology;

import org.jspecify.annotations.NullMarked;
