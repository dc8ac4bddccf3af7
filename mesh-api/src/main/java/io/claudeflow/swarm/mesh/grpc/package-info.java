/**
 * How gRPC calls to the hive-mind are opened and watched, by agents, by clients of its door and by its own replicas: within a second,
 * and not longer than the other side lives.
 */
@NullMarked
package io.claudeflow.swarm.mesh.grpc;

import org.jspecify.annotations.NullMarked;
