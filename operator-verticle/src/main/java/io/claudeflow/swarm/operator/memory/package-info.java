/** The kind SwarmMemory: in this release a condition that says that there is no shared memory. */
@NullMarked
package io.claudeflow.swarm.operator.memory;

import org.jspecify.annotations.NullMarked;
