/**
 * The two operators, one image: the composition root and its configuration. The cluster operator turns SwarmClusters into
 * objects; the mesh operator of each swarm turns SwarmAgents, SwarmTasks and SwarmMemories into messages on the swarm's bus
 * and what comes back into Pods and status. What becomes what stands in {@link io.claudeflow.swarm.operator.mesh.Outward} and
 * {@link io.claudeflow.swarm.operator.mesh.Inward}.
 */
@NullMarked
package io.claudeflow.swarm.operator;

import org.jspecify.annotations.NullMarked;
