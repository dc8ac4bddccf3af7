/** Tests of the monitoring door over real HTTP. */
@NullMarked
package io.claudeflow.swarm.kit.monitoring;

import org.jspecify.annotations.NullMarked;
