/**
 * What a service is to those who run it: an {@link io.claudeflow.swarm.kit.app.Application} made from an
 * {@link io.claudeflow.swarm.kit.app.Environment}, whose start-up steps give order, reverse stop, a deadline and health.
 * Called by each service's Main and by the local kubelet.
 */
@NullMarked
package io.claudeflow.swarm.kit.app;

import org.jspecify.annotations.NullMarked;
