package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.Arrangement;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Membership;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** What members of the bus ask of the leader, as commands of the ledger. */
final class CommandDesk {
    private final LedgerView view;
    private final Log log;
    private final Submissions submissions;
    private final Tails tails;
    private final Supplier<HivemindReply> presence;

    CommandDesk(LedgerView view, Log log, Submissions submissions, Tails tails, Supplier<HivemindReply> presence) {
        this.view = view;
        this.log = log;
        this.submissions = submissions;
        this.tails = tails;
        this.presence = presence;
    }

    Future<HivemindReply> handle(HivemindCommand command, long now) {
        return switch (command) {
            case HivemindCommand.TrustUpdate trust -> commit(new LedgerCommand.UpdateTrust(new Trust(trust.issuer(),
                    trust.audience(), trust.namespace(), trust.serviceAccount(), trust.userAccount(),
                    trust.jobAccount(), trust.jwks())));
            case HivemindCommand.DeclareAgents(var agents, var asOf) ->
                commit(new LedgerCommand.DeclareAgents(agents, asOf));
            case HivemindCommand.RemoveAgents(var pods, var reason) ->
                commit(new LedgerCommand.RemoveAgents(pods, reason));
            case HivemindCommand.SubmitTask submit -> submit(submit);
            case HivemindCommand.CancelTask(var uid, var reason) -> commit(new LedgerCommand.Cancel(uid, reason));
            case HivemindCommand.UpdateTask(var uid, var generation, var suspend, var priority) ->
                commit(new LedgerCommand.Update(uid, generation, suspend, priority));
            case HivemindCommand.JobReport report -> commit(new LedgerCommand.JobReport(report.step(), report.phase(),
                    report.exitCode(), report.reason(), report.message()));
            case HivemindCommand.SweepTasks(var uids, var asOf) -> commit(new LedgerCommand.Sweep(uids, asOf));
            case HivemindCommand.TailTasks tail -> tails.read(tail, now);
            case HivemindCommand.AckTasks(var acks) -> commit(new LedgerCommand.Ack(acks));
            case HivemindCommand.DrainSwarm(var deadline, var reason) ->
                commit(new LedgerCommand.BeginDrain(deadline.toMillis(), reason));
            case HivemindCommand.SetMembership(var replicas, var generation) ->
                commit(new LedgerCommand.SetMembership(new Membership(replicas, generation)));
            case HivemindCommand.SetTopology(var topology, var ringOrder, var generation) ->
                commit(new LedgerCommand.SetTopology(new Arrangement(topology, ringOrder, generation)));
            case HivemindCommand.ReadPresence() -> Future.succeededFuture(presence.get());
        };
    }

    private Future<HivemindReply> submit(HivemindCommand.SubmitTask submit) {
        return reply(submissions.submit(new Task.About(submit.taskUid(), submit.origin(), submit.namespace(),
                submit.name(), submit.submitter(), submit.generation(), submit.spec(), submit.traceparent())));
    }

    private Future<HivemindReply> commit(LedgerCommand command) {
        return reply(log.submit(command));
    }

    private Future<HivemindReply> reply(Future<LedgerResult> written) {
        return written.compose(result -> switch (result) {
            case LedgerResult.Done(long seq) -> Future.succeededFuture(new HivemindReply.Committed(seq));
            case LedgerResult.Submitted(var outcome, long seq) ->
                Future.succeededFuture(new HivemindReply.Submitted(outcome, seq));
            case LedgerResult.Verdict _ -> Future.succeededFuture(new HivemindReply.Committed(view.seq()));
            case LedgerResult.Refused(var code, var message) ->
                Future.failedFuture(new SwarmException(code, message));
        });
    }
}
