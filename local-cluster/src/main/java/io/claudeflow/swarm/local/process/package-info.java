/**
 * Child processes that are ended whole: each is the leader of a group of its own, recorded on disk so that the next run can end
 * what a killed launcher left behind. Blocking; any thread but an event loop.
 */
@NullMarked
package io.claudeflow.swarm.local.process;

import org.jspecify.annotations.NullMarked;
