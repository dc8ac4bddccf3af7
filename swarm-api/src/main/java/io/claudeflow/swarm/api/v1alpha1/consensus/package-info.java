/**
 * What a vote is, as a SwarmCluster sets it for all and a SwarmTask overrides it field by field. No field has a schema
 * default: unset is inherited, and resolved when a decision opens.
 */
@NullMarked
package io.claudeflow.swarm.api.v1alpha1.consensus;

import org.jspecify.annotations.NullMarked;
