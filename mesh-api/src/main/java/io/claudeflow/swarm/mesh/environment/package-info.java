/** Names of variables and ports that the operator renders and the services read. Constants only. */
@NullMarked
package io.claudeflow.swarm.mesh.environment;

import org.jspecify.annotations.NullMarked;
