/**
 * Where log lines go and what they look like: one line per event on standard output, constant message, {@code key=value}
 * pairs. Found by Logback itself; called by {@link io.claudeflow.swarm.kit.app.ServiceRunner} and by the local launcher, which
 * puts an appender of its own in place. Any thread.
 */
@NullMarked
package io.claudeflow.swarm.kit.log;

import org.jspecify.annotations.NullMarked;
