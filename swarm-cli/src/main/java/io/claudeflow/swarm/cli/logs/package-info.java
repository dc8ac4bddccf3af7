/**
 * Logs of pods, and of tasks as parts of them. Several pods are read at once, each on a virtual thread; whole lines reach the
 * terminal.
 */
@NullMarked
package io.claudeflow.swarm.cli.logs;

import org.jspecify.annotations.NullMarked;
