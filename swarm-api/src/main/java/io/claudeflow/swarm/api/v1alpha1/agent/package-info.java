/** The kind SwarmAgent: what an agent can do and runs on, and what the mesh operator answers. */
@NullMarked
package io.claudeflow.swarm.api.v1alpha1.agent;

import org.jspecify.annotations.NullMarked;
