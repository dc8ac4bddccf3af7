/** Tests of the names package. */
@NullMarked
package io.claudeflow.swarm.kit.names;

import org.jspecify.annotations.NullMarked;
