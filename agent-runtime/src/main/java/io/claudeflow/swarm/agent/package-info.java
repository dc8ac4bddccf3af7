/**
 * The process behind one SwarmAgent: its configuration and its composition root. Several of them may live in one JVM; nothing is
 * static but constants and loggers.
 */
@NullMarked
package io.claudeflow.swarm.agent;

import org.jspecify.annotations.NullMarked;
