/**
 * Traces: a context that is passed explicitly with every call, and spans that are exported by OTLP when a collector is
 * configured. Services see no OpenTelemetry type. Any thread.
 */
@NullMarked
package io.claudeflow.swarm.kit.trace;

import org.jspecify.annotations.NullMarked;
