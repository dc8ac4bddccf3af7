/** Tests of who stands where. */
@NullMarked
package io.claudeflow.swarm.hivemind.topology;

import org.jspecify.annotations.NullMarked;
