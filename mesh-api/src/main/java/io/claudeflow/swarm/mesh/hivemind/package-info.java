/**
 * The hive-mind's contract on the bus: commands to the leader, its replies, the state it publishes. Records only; immutable,
 * any thread. Served by hivemind-service, called by the mesh operator.
 */
@NullMarked
package io.claudeflow.swarm.mesh.hivemind;

import org.jspecify.annotations.NullMarked;
