/** The error taxonomy that all services share: stable codes by blame, one exception type. Immutable, any thread. */
@NullMarked
package io.claudeflow.swarm.kit.error;

import org.jspecify.annotations.NullMarked;
