/**
 * The agent's session with the hive-mind: registers, beats, takes assignments, reports results until they are acknowledged, and
 * fences itself when no lease is granted any more. What is decided lies in pure types (the step table, the lease, the back-off);
 * all else runs on the agent's one event-loop context. The gateway itself is a port.
 */
@NullMarked
package io.claudeflow.swarm.agent.session;

import org.jspecify.annotations.NullMarked;
