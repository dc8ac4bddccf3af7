/**
 * What the leader does beside the log: hears agents, grants leases, assigns, pushes after commit, answers the bus.
 * {@link io.claudeflow.swarm.hivemind.leader.Coordinator} lives as long as the replica; a
 * {@link io.claudeflow.swarm.hivemind.leader.Leadership} lives for one term and keeps nothing that the next one needs.
 *
 * <p>Threads: everything on the hive-mind's one context. Called by the agents' transport, the log, the bus and a timer.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.leader;

import org.jspecify.annotations.NullMarked;
