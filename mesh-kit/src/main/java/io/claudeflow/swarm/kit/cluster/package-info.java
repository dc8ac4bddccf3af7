/**
 * Membership of a swarm's mesh: Vert.x clustered by Hazelcast. The only place that knows Hazelcast; it carries membership and
 * the bus's registrations and nothing else. Called once per process by {@link io.claudeflow.swarm.kit.app.ServiceRunner}.
 */
@NullMarked
package io.claudeflow.swarm.kit.cluster;

import org.jspecify.annotations.NullMarked;
