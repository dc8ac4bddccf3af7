/** Tests: SwarmCluster: what is rendered, apportioned, planned and said. */
@NullMarked
package io.claudeflow.swarm.operator.cluster;

import org.jspecify.annotations.NullMarked;
