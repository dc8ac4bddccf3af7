/** A task's graph of subtasks as a picture: what depends on what, and where each stands. Pure. Called by {@code swarm task graph}. */
@NullMarked
package io.claudeflow.swarm.cli.graph;

import org.jspecify.annotations.NullMarked;
