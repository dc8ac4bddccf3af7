/**
 * The agents' streams over gRPC: the agent gateway of every replica, the peers' port of the leader, and a follower's one link to
 * it. A frame is held until the leader has it, so an agent never notices who leads. Everything runs on the event-loop context
 * on which the transport was started; called by the hive-mind's composition root alone.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.adapter.grpc;

import org.jspecify.annotations.NullMarked;
