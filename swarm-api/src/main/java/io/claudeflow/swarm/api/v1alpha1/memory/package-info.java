/** The kind SwarmMemory: one entry of the shared memory, and where it stands. */
@NullMarked
package io.claudeflow.swarm.api.v1alpha1.memory;

import org.jspecify.annotations.NullMarked;
