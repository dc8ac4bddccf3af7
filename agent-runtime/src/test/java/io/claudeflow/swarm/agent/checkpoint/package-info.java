@NullMarked
package io.claudeflow.swarm.agent.checkpoint;

import org.jspecify.annotations.NullMarked;
