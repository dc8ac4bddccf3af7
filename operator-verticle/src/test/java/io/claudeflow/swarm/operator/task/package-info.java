/** Tests: SwarmTask: what the ledger is sent and what the status says. */
@NullMarked
package io.claudeflow.swarm.operator.task;

import org.jspecify.annotations.NullMarked;
