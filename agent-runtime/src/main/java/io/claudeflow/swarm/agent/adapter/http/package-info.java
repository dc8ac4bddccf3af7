/** The door's HTTP server. On the agent's event loop. */
@NullMarked
package io.claudeflow.swarm.agent.adapter.http;

import org.jspecify.annotations.NullMarked;
