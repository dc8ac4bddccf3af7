/** Tests of the agents' streams, over real gRPC on loopback. */
@NullMarked
package io.claudeflow.swarm.hivemind.adapter.grpc;

import org.jspecify.annotations.NullMarked;
