/** Tests of membership with real members: several in this JVM, and one in a JVM of its own that is killed. */
@NullMarked
package io.claudeflow.swarm.kit.cluster;

import org.jspecify.annotations.NullMarked;
