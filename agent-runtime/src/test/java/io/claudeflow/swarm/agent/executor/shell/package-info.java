/** Tests of shell steps, with real processes. */
@NullMarked
package io.claudeflow.swarm.agent.executor.shell;

import org.jspecify.annotations.NullMarked;
