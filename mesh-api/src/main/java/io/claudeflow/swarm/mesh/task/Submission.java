package io.claudeflow.swarm.mesh.task;

import io.claudeflow.swarm.mesh.task.v1.Finished;
import io.vertx.core.Future;

/**
 * A task that was submitted.
 *
 * @param request  its number in the client's session
 * @param accepted the task's UID, once it is durable on a quorum
 * @param finished how it ended; a task that failed is a result, not a failure of this future. Both futures fail with a
 *                 SwarmException when the task never came into the ledger: Invalid, Forbidden, Exhausted, Unavailable,
 *                 Indeterminate
 */
public record Submission(long request, Future<String> accepted, Future<Finished> finished) {}
