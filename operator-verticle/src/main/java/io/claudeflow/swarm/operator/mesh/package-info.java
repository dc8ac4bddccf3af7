/**
 * The mesh operator's picture of its swarm: who leads, who is connected, where each task stands; what it tells the hive-mind
 * and in which order. {@link io.claudeflow.swarm.operator.mesh.Outward} says which event at the API server becomes which
 * message, {@link io.claudeflow.swarm.operator.mesh.Inward} what a message or a ledger's state becomes here.
 *
 * <p>A message never writes to the API server: it changes this picture, which reconciles.
 */
@NullMarked
package io.claudeflow.swarm.operator.mesh;

import org.jspecify.annotations.NullMarked;
