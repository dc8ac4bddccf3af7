/** Tests of the way to the gateway, over real gRPC on loopback. */
@NullMarked
package io.claudeflow.swarm.agent.adapter.grpc;

import org.jspecify.annotations.NullMarked;
