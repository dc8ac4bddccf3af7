/**
 * The hive-mind on the bus: every replica serves its own address, the leader publishes the swarm's state. On the hive-mind's
 * context; made by the composition root.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.adapter.bus;

import org.jspecify.annotations.NullMarked;
