/** Tests of the agent as a whole. */
@NullMarked
package io.claudeflow.swarm.agent;

import org.jspecify.annotations.NullMarked;
