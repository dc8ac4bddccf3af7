/**
 * What runs a step: the port {@link io.claudeflow.swarm.agent.executor.StepExecutor} and the records that go through it. An
 * executor knows nothing of sessions, leases or the ledger; called by the session on the agent's context.
 */
@NullMarked
package io.claudeflow.swarm.agent.executor;

import org.jspecify.annotations.NullMarked;
