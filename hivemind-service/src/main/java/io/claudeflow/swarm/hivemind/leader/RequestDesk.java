package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.ClientTask;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.port.TaskRequests;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply.Submitted.Outcome;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Requests of clients without a stream. A request id is a session of its own with one request, so a request that is repeated is
 * the same task, whoever leads by then.
 */
final class RequestDesk implements TaskRequests {
    /** A change that another one got in the way of is made again so often. */
    private static final int CHANGES = 3;
    /** The key of an agent selector that selects by name. */
    private static final String NAME = "name";
    private static final Comparator<Task> BY_ORDER = Comparator.comparingLong(task -> task.birth().order());

    private final LeaderConfig config;
    private final LedgerView view;
    private final Log log;
    private final Callers callers;
    private final Submissions submissions;
    private final Waiters waiters;

    RequestDesk(LeaderConfig config, LedgerView view, Log log, Callers callers, Submissions submissions, long now) {
        this.config = config;
        this.view = view;
        this.log = log;
        this.callers = callers;
        this.submissions = submissions;
        waiters = new Waiters(now);
    }

    @Override
    public Caller caller(String token) {
        return new Caller(callers.of(token).submitter());
    }

    @Override
    public Future<Submitted> submit(Caller caller, Draft draft, Duration wait) {
        var uid = new ClientTask(draft.requestId(), 1).uid();
        var about = submissions.about(uid, draft.name(), caller.submitter(), named(draft.spec()), draft.traceparent());
        return submissions.submit(about)
                .recover(cause -> Future.failedFuture(unsure(cause, draft)))
                .compose(result -> switch (result) {
                    case LedgerResult.Submitted(var outcome, _) ->
                        submitted(uid, draft, outcome == Outcome.ACCEPTED, wait);
                    case LedgerResult.Refused(var code, _) when code.equals(ErrorCode.FORBIDDEN) -> failed(code,
                            "requestId: " + draft.requestId() + " is another submitter's: choose a new one");
                    case LedgerResult.Refused(var code, var message) -> failed(code, message);
                    case LedgerResult.Done _,LedgerResult.Verdict _ ->
                        failed(ErrorCode.INTERNAL, "the ledger has answered something else than asked");
                });
    }

    private Future<Submitted> submitted(String uid, Draft draft, boolean created, Duration wait) {
        var task = view.task(uid);
        if (task == null) {
            return failed(FORGOTTEN, forgotten(uid));
        }
        if (!same(task, draft)) {
            return failed(CONFLICT, "requestId: " + draft.requestId()
                    + " was used for another task: a repeated request is the same in every field, a new task has a new id");
        }
        // It is there, and that is the answer, whatever becomes of the wait.
        return waiters.end(task, wait)
                .recover(_ -> Future.succeededFuture(Objects.requireNonNullElse(view.task(uid), task)))
                .map(last -> new Submitted(seen(last), created));
    }

    private static Throwable unsure(Throwable cause, Draft draft) {
        return cause instanceof SwarmException known && known.code().equals(ErrorCode.INDETERMINATE)
                ? new SwarmException(ErrorCode.INDETERMINATE,
                        "whether the task was stored is not known: send the same again"
                                + " with requestId " + draft.requestId() + ", it stays one task",
                        cause)
                : cause;
    }

    private static boolean same(Task known, Draft draft) {
        var spec = known.spec();
        return spec.script().equals(draft.spec().script()) && spec.parameters().equals(draft.spec().parameters())
                && spec.environment().equals(draft.spec().environment())
                && spec.workflow().equals(draft.spec().workflow())
                && (draft.name().isEmpty() || known.about().name().equals(draft.name()));
    }

    /** A selector's name may be short: {@code coder-1} is {@code <cluster>-coder-1} when no agent is called so itself. */
    private TaskSpec named(TaskSpec spec) {
        var matching = spec.matching();
        var name = matching.selector().get(NAME);
        var full = config.cluster() + "-" + name;
        if (name == null || agent(name) || !agent(full)) {
            return spec;
        }
        var selector = new HashMap<>(matching.selector());
        selector.put(NAME, full);
        return spec.with(
                new Matching(matching.agentType(), matching.capabilities(), matching.specialization(), selector));
    }

    private boolean agent(String name) {
        return view.agents().stream().anyMatch(agent -> agent.name().equals(name));
    }

    @Override
    public Future<Seen> read(Caller caller, String uid, Duration wait) {
        return find(caller, uid).compose(task -> waiters.end(task, wait)).map(RequestDesk::seen);
    }

    @Override
    public Page list(Caller caller, Query query) {
        long before = query.after() == null ? Long.MAX_VALUE : query.after();
        // The ledger may hold very many: only a page of them is ever put in order.
        var newest = new PriorityQueue<>(BY_ORDER);
        for (var task : view.tasks()) {
            if (task.birth().order() < before && theirs(task, caller)
                    && (query.phase() == null || query.phase() == task.phase())) {
                newest.add(task);
                if (newest.size() > query.limit() + 1) {
                    newest.remove();
                }
            }
        }
        boolean more = newest.size() > query.limit();
        if (more) {
            newest.remove();
        }
        var shown = newest.stream().sorted(BY_ORDER.reversed()).toList();
        return new Page(shown.stream().map(RequestDesk::seen).toList(),
                more ? (Long) shown.getLast().birth().order() : null);
    }

    @Override
    public Future<Seen> cancel(Caller caller, String uid, String reason) {
        return find(caller, uid)
                .compose(task -> task.terminal()
                        ? Future.succeededFuture(task)
                        : written(new LedgerCommand.Cancel(uid, reason)).compose(_ -> find(caller, uid)))
                .map(RequestDesk::seen);
    }

    @Override
    public Future<Seen> change(Caller caller, String uid, Change change) {
        return change(caller, uid, change, CHANGES).map(RequestDesk::seen);
    }

    /** A change counts when its generation is the newest; of two at once one is made again. */
    private Future<Task> change(Caller caller, String uid, Change change, int tries) {
        return find(caller, uid).compose(task -> {
            boolean suspend = change.suspend() == null ? task.suspended() : change.suspend();
            int priority = change.priority() == null ? task.spec().priority() : change.priority();
            if (task.terminal() || task.suspended() == suspend && task.spec().priority() == priority) {
                return Future.succeededFuture(task);
            }
            return tries == 0
                    ? failed(ErrorCode.UNAVAILABLE, "others change the task at the same time: try again")
                    : written(new LedgerCommand.Update(uid, task.about().generation() + 1, suspend, priority))
                            .compose(_ -> change(caller, uid, change, tries - 1));
        });
    }

    private Future<LedgerResult> written(LedgerCommand command) {
        return log.submit(command)
                .compose(result -> result instanceof LedgerResult.Refused(var code, var message)
                        ? failed(code, message)
                        : Future.succeededFuture(result));
    }

    private Future<Task> find(Caller caller, String uid) {
        var task = view.task(uid);
        if (task != null && theirs(task, caller)) {
            return Future.succeededFuture(task);
        }
        return task == null && view.forgotten(uid)
                ? failed(FORGOTTEN, forgotten(uid))
                : failed(ErrorCode.NOT_FOUND, "there is no task " + uid + " of " + caller.submitter());
    }

    /** SwarmTasks are Kubernetes' own: what was changed of one here, its resource would not know. */
    private static boolean theirs(Task task, Caller caller) {
        return task.about().origin() == TaskOrigin.CLIENT && task.about().submitter().equals(caller.submitter());
    }

    private static Seen seen(Task task) {
        int left = task.spec().retries().limit() - task.root().charged();
        return new Seen(task.state(), task.spec().priority(), Math.max(0, left), task.about().traceparent());
    }

    private static String forgotten(String uid) {
        return "task " + uid
                + " has ended, and the ledger has forgotten how: it keeps an hour of them, at most 10,000 and 64 MiB";
    }

    private static <T> Future<T> failed(ErrorCode code, @Nullable String sentence) {
        return Future.failedFuture(new SwarmException(code, String.valueOf(sentence)));
    }

    /** A task has reached its end; whoever waits for it hears it. */
    void ended(Task task) {
        waiters.ended(task);
    }

    void tick(long now) {
        waiters.tick(now, view);
    }

    void end() {
        waiters.close();
    }
}
