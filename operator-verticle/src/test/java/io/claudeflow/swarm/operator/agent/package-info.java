/** Tests: SwarmAgent: its Pod and its status. */
@NullMarked
package io.claudeflow.swarm.operator.agent;

import org.jspecify.annotations.NullMarked;
