/** Trace context that is passed explicitly with every call. Immutable, any thread. */
@NullMarked
package io.claudeflow.swarm.kit.trace;

import org.jspecify.annotations.NullMarked;
