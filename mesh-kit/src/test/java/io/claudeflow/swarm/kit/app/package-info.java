/** Tests of the lifecycle; the runner is tried in JVMs of its own. */
@NullMarked
package io.claudeflow.swarm.kit.app;

import org.jspecify.annotations.NullMarked;
