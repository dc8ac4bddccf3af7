/**
 * Configuration from a pod's environment: typed reads that gather every problem. Pure; called by each service's config record.
 */
@NullMarked
package io.claudeflow.swarm.kit.config;

import org.jspecify.annotations.NullMarked;
