/** Tests of trace context and spans. */
@NullMarked
package io.claudeflow.swarm.kit.trace;

import org.jspecify.annotations.NullMarked;
