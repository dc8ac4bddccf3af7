@NullMarked
package io.claudeflow.swarm.agent.volume;

import org.jspecify.annotations.NullMarked;
