/**
 * The contract of an agent: its pod's variables, its scripts' variables, and (in {@code v1}, generated from agent.proto) the
 * gRPC stream to the agent gateway. The operator renders, the agent runtime reads.
 */
@NullMarked
package io.claudeflow.swarm.mesh.agent;

import org.jspecify.annotations.NullMarked;
