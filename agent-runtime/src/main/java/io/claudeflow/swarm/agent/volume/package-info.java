/** Where a script's paths really lie. Pure. */
@NullMarked
package io.claudeflow.swarm.agent.volume;

import org.jspecify.annotations.NullMarked;
