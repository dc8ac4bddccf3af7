/**
 * The kind SwarmAgent. Pure: its Pod, what the ledger is told of it, what the status says.
 * {@link io.claudeflow.swarm.operator.agent.SwarmAgentReconciler} reads, calls the pure parts and writes.
 */
@NullMarked
package io.claudeflow.swarm.operator.agent;

import org.jspecify.annotations.NullMarked;
