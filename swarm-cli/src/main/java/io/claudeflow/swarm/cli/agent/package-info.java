/**
 * An agent of a local swarm: the agent runtime, told by {@code swarm up} where the files of the person who started it lie, and
 * which PATH that person has. Everything else is as on a cluster.
 */
@NullMarked
package io.claudeflow.swarm.cli.agent;

import org.jspecify.annotations.NullMarked;
