/**
 * The kind SwarmCluster. Pure: who founds the hive-mind, which agents there are to be, which objects are to exist, what the
 * status says. {@link io.claudeflow.swarm.operator.cluster.SwarmClusterReconciler} reads, calls the pure parts and writes.
 */
@NullMarked
package io.claudeflow.swarm.operator.cluster;

import org.jspecify.annotations.NullMarked;
