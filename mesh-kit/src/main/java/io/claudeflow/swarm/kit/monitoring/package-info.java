/**
 * The door for probes and Prometheus that every service has. A start-up step of each service; requests are answered on its
 * event loop, metrics are gathered on a worker.
 */
@NullMarked
package io.claudeflow.swarm.kit.monitoring;

import org.jspecify.annotations.NullMarked;
