/**
 * SwarmTasks on the command line: drafts, their way to the end, and what a script that waits for one exits with. Blocking.
 */
@NullMarked
package io.claudeflow.swarm.cli.task;

import org.jspecify.annotations.NullMarked;
