/** Conditions of subtasks, in the Common Expression Language; worked out on a worker, because the library is slow to load. */
@NullMarked
package io.claudeflow.swarm.hivemind.adapter.cel;

import org.jspecify.annotations.NullMarked;
