/** The operators as wholes, against a real API server. */
@NullMarked
package io.claudeflow.swarm.operator;

import org.jspecify.annotations.NullMarked;
