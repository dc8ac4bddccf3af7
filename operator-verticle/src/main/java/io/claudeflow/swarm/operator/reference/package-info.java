/** Which SwarmCluster takes a resource of its namespace. Pure; any thread. */
@NullMarked
package io.claudeflow.swarm.operator.reference;

import org.jspecify.annotations.NullMarked;
