/**
 * {@code swarm up} and {@code swarm down}: the local cluster's start with everything that a swarm needs in it, in this process
 * or in one that is left running, and its end. Blocking; installation steps that do not need each other run on virtual threads.
 */
@NullMarked
package io.claudeflow.swarm.cli.up;

import org.jspecify.annotations.NullMarked;
