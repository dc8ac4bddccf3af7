package io.claudeflow.swarm.hivemind.port;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.ErrorCode.Blame;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients without a stream ask of the leader. Call on the hive-mind's context; an object is good for one term, and every
 * call of it fails with {@code Unavailable} afterwards.
 *
 * <p>All failures are SwarmExceptions. A task of another submitter is {@code NotFound}; so is a SwarmTask, which belongs to
 * Kubernetes. {@code Forgotten}: it has ended, and the ledger does not know how any more. Waiting is bounded: beyond it
 * {@code Exhausted}.
 */
public interface TaskRequests {
    ErrorCode FORGOTTEN = new ErrorCode("Forgotten", Blame.USER);
    /** The same request id, and other work. */
    ErrorCode CONFLICT = new ErrorCode("Conflict", Blame.USER);

    /** Whose a token is. Throws Unauthenticated, Forbidden, or Unavailable when its key is not trusted yet. */
    Caller caller(String token);

    /**
     * Puts a task into the ledger, once for each request id, and waits for its end, at most so long. Fails with {@code Invalid},
     * {@code Forbidden}, {@code Conflict}, {@code Exhausted}, {@code Unavailable}, and with {@code Indeterminate} when it may or
     * may not be there: say the same again. What is there is answered, even if the term ends while it waits.
     */
    Future<Submitted> submit(Caller caller, Draft draft, Duration wait);

    /** A task as it is, or as it is at its end when that comes within {@code wait}. */
    Future<Seen> read(Caller caller, String uid, Duration wait);

    /** The caller's tasks that the ledger still has, newest first. */
    Page list(Caller caller, Query query);

    /** Asks for a task's end; one that has ended stays as it is. Idempotent. */
    Future<Seen> cancel(Caller caller, String uid, String reason);

    /** Changes a task that has not ended. Idempotent. */
    Future<Seen> change(Caller caller, String uid, Change change);

    /** On whose account tasks are. */
    record Caller(String submitter) {}

    /**
     * A task that is to be.
     *
     * @param requestId   a UUID in lower case, chosen by the caller
     * @param name        empty: any
     * @param traceparent empty: it begins a trace of its own
     */
    record Draft(String requestId, String name, TaskSpec spec, String traceparent) {}

    /**
     * A task's state with what only its submitter wants to know.
     *
     * @param retriesLeft further attempts that failures may cost
     * @param traceparent empty: it has none
     */
    record Seen(TaskState state, int priority, int retriesLeft, String traceparent) {}

    /**
     * A task that is in the ledger.
     *
     * @param created whether this request put it there, or an earlier one
     */
    record Submitted(Seen task, boolean created) {}

    /**
     * Which tasks.
     *
     * @param phase null: all
     * @param limit at least 1
     * @param after where the page before ended; null: from the newest one on
     */
    record Query(@Nullable TaskPhase phase, int limit, @Nullable Long after) {}

    /**
     * Some tasks.
     *
     * @param next null: there are no more
     */
    record Page(List<Seen> tasks, @Nullable Long next) {
        public Page {
            tasks = List.copyOf(tasks);
        }
    }

    /** What is to be different; null: stays as it is. */
    record Change(@Nullable Boolean suspend, @Nullable Integer priority) {}
}
