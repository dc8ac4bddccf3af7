/** The kind SwarmCluster: one record per section of its spec, and what the operators answer in its status. */
@NullMarked
package io.claudeflow.swarm.api.v1alpha1.cluster;

import org.jspecify.annotations.NullMarked;
