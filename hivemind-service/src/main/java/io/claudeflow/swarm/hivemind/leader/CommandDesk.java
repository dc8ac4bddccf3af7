package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What members of the bus ask of the leader, as commands of the ledger. */
final class CommandDesk {
    private static final int MAX_SPEC_CHARS = 256 * 1024;
    private static final int MAX_STEPS = 1_024;
    private static final String SHELL = "shell";

    private final LedgerView view;
    private final Log log;
    private final Dispatch dispatch;
    private final Tails tails;
    private final Supplier<HivemindReply> presence;

    CommandDesk(LedgerView view, Log log, Dispatch dispatch, Tails tails, Supplier<HivemindReply> presence) {
        this.view = view;
        this.log = log;
        this.dispatch = dispatch;
        this.tails = tails;
        this.presence = presence;
    }

    Future<HivemindReply> handle(HivemindCommand command, long now) {
        return switch (command) {
            case HivemindCommand.TrustUpdate trust -> commit(new LedgerCommand.UpdateTrust(new Trust(trust.issuer(),
                    trust.audience(), trust.namespace(), trust.serviceAccount(), trust.jwks())));
            case HivemindCommand.DeclareAgents(var agents, var complete) ->
                commit(new LedgerCommand.DeclareAgents(agents, complete));
            case HivemindCommand.RemoveAgents(var pods, var reason) ->
                commit(new LedgerCommand.RemoveAgents(pods, reason));
            case HivemindCommand.SubmitTask submit -> submit(submit);
            case HivemindCommand.CancelTask(var uid, var reason) -> commit(new LedgerCommand.Cancel(uid, reason));
            case HivemindCommand.UpdateTask(var uid, var generation, var suspend, var priority) ->
                commit(new LedgerCommand.Update(uid, generation, suspend, priority));
            case HivemindCommand.JobReport report -> commit(new LedgerCommand.JobReport(report.step(), report.phase(),
                    report.exitCode(), report.reason(), report.message()));
            case HivemindCommand.SweepTasks(var uids) -> commit(new LedgerCommand.Sweep(uids));
            case HivemindCommand.TailTasks tail -> tails.read(tail, now);
            case HivemindCommand.AckTasks(var acks) -> commit(new LedgerCommand.Ack(acks));
            case HivemindCommand.DrainSwarm(var deadline, var reason) ->
                commit(new LedgerCommand.BeginDrain(deadline.toMillis(), reason));
            case HivemindCommand.ReadPresence() -> Future.succeededFuture(presence.get());
        };
    }

    /** When somebody is free, the assignment rides in the submission's own entry. */
    private Future<HivemindReply> submit(HivemindCommand.SubmitTask submit) {
        var problem = problem(submit);
        if (problem != null) {
            return Future.failedFuture(problem);
        }
        var about = new Task.About(submit.taskUid(), submit.origin(), submit.namespace(), submit.name(),
                submit.submitter(), submit.generation(), submit.spec(), submit.traceparent());
        boolean known = view.task(submit.taskUid()) != null;
        var proposed = known || submit.spec().place().job() || !submit.spec().workflow().none()
                ? null
                : dispatch.choose(submit.spec());
        var written = commit(new LedgerCommand.Submit(about, proposed));
        return proposed == null ? written : written.onComplete(_ -> dispatch.settled(proposed.agentUid()));
    }

    private @Nullable SwarmException problem(HivemindCommand.SubmitTask submit) {
        if (log.full()) {
            return new SwarmException(ErrorCode.EXHAUSTED,
                    "the hive-mind's volume is nearly full: no new tasks until there is room");
        }
        if (submit.taskUid().isBlank()) {
            return new SwarmException(ErrorCode.INVALID, "taskUid: is empty");
        }
        if (!submit.spec().executor().equals(SHELL)) {
            return new SwarmException(ErrorCode.INVALID, "executor: '" + submit.spec().executor()
                    + "' is not available in this release; allowed is " + SHELL);
        }
        var graph = graphProblem(submit.spec().workflow());
        if (graph != null) {
            return new SwarmException(ErrorCode.INVALID, graph);
        }
        long size = size(submit.spec());
        if (size > MAX_SPEC_CHARS) {
            return new SwarmException(ErrorCode.INVALID,
                    "spec: has " + size + " characters, allowed are " + MAX_SPEC_CHARS);
        }
        return null;
    }

    private static @Nullable String graphProblem(Workflow workflow) {
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

    private static long size(TaskSpec spec) {
        long size = spec.script().length();
        for (var subtask : spec.workflow().subtasks()) {
            size += subtask.script().length() + subtask.items().stream().mapToLong(String::length).sum();
        }
        for (var map : List.of(spec.parameters(), spec.environment(), spec.matching().selector())) {
            for (var entry : map.entrySet()) {
                size += entry.getKey().length() + entry.getValue().length();
            }
        }
        return size;
    }

    private Future<HivemindReply> commit(LedgerCommand command) {
        return log.submit(command).compose(result -> switch (result) {
            case LedgerResult.Done(long seq) -> Future.succeededFuture(new HivemindReply.Committed(seq));
            case LedgerResult.Submitted(var outcome, long seq) ->
                Future.succeededFuture(new HivemindReply.Submitted(outcome, seq));
            case LedgerResult.Verdict _ -> Future.succeededFuture(new HivemindReply.Committed(view.seq()));
            case LedgerResult.Refused(var code, var message) ->
                Future.failedFuture(new SwarmException(code, message));
        });
    }
}
