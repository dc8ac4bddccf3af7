package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply.Submitted.Outcome;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import io.vertx.core.Future;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** Tasks on their way into the ledger, whoever submits them. */
final class Submissions {
    private static final int MAX_SPEC_CHARS = 256 * 1024;
    private static final int MAX_STEPS = 1_024;
    private static final String SHELL = "shell";
    private static final String NAMELESS = "task";

    private final LedgerView view;
    private final Log log;
    private final Dispatch dispatch;
    private final Meters meters;

    Submissions(LedgerView view, Log log, Dispatch dispatch, Meters meters) {
        this.view = view;
        this.log = log;
        this.dispatch = dispatch;
        this.meters = meters;
    }

    /** A client's task, on that account. */
    Task.About about(String uid, String name, String submitter, TaskSpec spec, String traceparent) {
        var trust = view.trust();
        return new Task.About(uid, TaskOrigin.CLIENT, trust == null ? "" : trust.namespace(),
                name.isEmpty() ? NAMELESS : name, submitter, 1, spec, traceparent);
    }

    /**
     * Writes a task; when somebody is free, the assignment rides in the submission's own entry. Answers with Submitted or Refused;
     * fails with Invalid, Exhausted or what the log fails with.
     */
    Future<LedgerResult> submit(Task.About about) {
        var problem = problem(about);
        if (problem != null) {
            return Future.failedFuture(problem);
        }
        boolean known = view.task(about.uid()) != null;
        var plain = !about.spec().place().job() && about.spec().workflow().none();
        var proposed = known || !plain ? null : dispatch.choose(about.spec());
        return log.submit(new LedgerCommand.Submit(about, proposed)).onComplete(written -> {
            if (proposed != null) {
                dispatch.settled(proposed.agentUid());
            }
            if (written.succeeded() && written.result() instanceof LedgerResult.Submitted(var outcome, _)
                    && outcome == Outcome.ACCEPTED) {
                meters.submitted(about.origin());
            }
        });
    }

    private @Nullable SwarmException problem(Task.About about) {
        if (log.full()) {
            return new SwarmException(ErrorCode.EXHAUSTED,
                    "the hive-mind's volume is nearly full: no new tasks until there is room");
        }
        if (about.uid().isBlank()) {
            return new SwarmException(ErrorCode.INVALID, "taskUid: is empty");
        }
        if (!about.spec().executor().equals(SHELL)) {
            return new SwarmException(ErrorCode.INVALID, "executor: '" + about.spec().executor()
                    + "' is not available in this release; allowed is " + SHELL);
        }
        var graph = problem(about.spec().workflow());
        if (graph != null) {
            return new SwarmException(ErrorCode.INVALID, graph);
        }
        long size = about.spec().size();
        if (size > MAX_SPEC_CHARS) {
            return new SwarmException(ErrorCode.INVALID,
                    "spec: has " + size + " characters, allowed are " + MAX_SPEC_CHARS);
        }
        return null;
    }

    private static @Nullable String problem(Workflow workflow) {
        var names = new HashSet<String>();
        int steps = 1;
        for (var subtask : workflow.subtasks()) {
            steps += subtask.paths().size();
            if (!names.add(subtask.name())) {
                return "subtasks: '" + subtask.name() + "' is there twice";
            }
        }
        for (var subtask : workflow.subtasks()) {
            for (var needed : subtask.dependsOn()) {
                if (!names.contains(needed)) {
                    return "subtasks: '" + subtask.name() + "' depends on '" + needed + "', which is not there";
                }
            }
        }
        return steps > MAX_STEPS ? "subtasks: they have " + steps + " steps, allowed are " + MAX_STEPS : null;
    }
}
