/** Tests of log lines. */
@NullMarked
package io.claudeflow.swarm.kit.log;

import org.jspecify.annotations.NullMarked;
