/**
 * Which of an operator's replicas works: the holder of a Lease. {@link io.claudeflow.swarm.operator.lease.Election} decides,
 * {@link io.claudeflow.swarm.operator.lease.LeaderLease} reads, writes and waits.
 *
 * <p>Not JOSDK's: that one takes every pod of a JVM for the same candidate, ends the process when it loses, and never lets go.
 */
@NullMarked
package io.claudeflow.swarm.operator.lease;

import org.jspecify.annotations.NullMarked;
