/**
 * What a service counts. Families are declared once per service as data; a table for the documentation and the text that
 * Prometheus reads both come from the declarations. Any thread.
 */
@NullMarked
package io.claudeflow.swarm.kit.metrics;

import org.jspecify.annotations.NullMarked;
