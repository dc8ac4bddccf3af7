/**
 * The door through which a script speaks to its agent: what it may ask, and who may ask. Used on the agent's context; the HTTP
 * server is an adapter.
 */
@NullMarked
package io.claudeflow.swarm.agent.door;

import org.jspecify.annotations.NullMarked;
