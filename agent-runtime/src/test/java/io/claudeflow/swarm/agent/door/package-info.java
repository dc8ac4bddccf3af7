@NullMarked
package io.claudeflow.swarm.agent.door;

import org.jspecify.annotations.NullMarked;
