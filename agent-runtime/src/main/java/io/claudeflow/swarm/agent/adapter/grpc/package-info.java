/** The agent gateway over gRPC: the client side of agent.proto. Called by the session, on the agent's context. */
@NullMarked
package io.claudeflow.swarm.agent.adapter.grpc;

import org.jspecify.annotations.NullMarked;
