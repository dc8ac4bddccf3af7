/** Tests of what all executors share. */
@NullMarked
package io.claudeflow.swarm.agent.executor;

import org.jspecify.annotations.NullMarked;
