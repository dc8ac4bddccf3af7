/**
 * What outlives a script that is cut off: the numbers and data of its checkpoints, and the copies of its files. Pure but for
 * files, which are read and written by blocking calls on whatever thread the caller chose; called by the session.
 */
@NullMarked
package io.claudeflow.swarm.agent.checkpoint;

import org.jspecify.annotations.NullMarked;
