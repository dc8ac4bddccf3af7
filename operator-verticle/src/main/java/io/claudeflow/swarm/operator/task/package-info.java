/**
 * The kind SwarmTask. Pure: what a spec means once every default is resolved, what this release cannot run, what the status
 * says of the ledger's state. {@link io.claudeflow.swarm.operator.task.SwarmTaskReconciler} reads, calls the pure parts and
 * writes.
 */
@NullMarked
package io.claudeflow.swarm.operator.task;

import org.jspecify.annotations.NullMarked;
