package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Done;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Refused;
import io.claudeflow.swarm.kit.error.ErrorCode;
import java.util.ArrayList;

/**
 * The state machine. The same entries in the same order give the same results, changes and {@link #image()} on every replica.
 *
 * <p>Threads: confined to the thread that applies the log.
 */
public final class Ledger {
    private final LedgerState state;
    private final Attempts attempts;
    private final TaskRules tasks;
    private final ReportRules reports;
    private final AgentRules agents;
    private final JobRules jobs;
    private final ClientRules clients;

    /** A ledger in the state of that image. */
    public Ledger(LedgerImage image) {
        state = new LedgerState(image);
        attempts = new Attempts(state);
        tasks = new TaskRules(state, attempts);
        reports = new ReportRules(state, attempts);
        agents = new AgentRules(state, attempts);
        jobs = new JobRules(state, attempts);
        clients = new ClientRules(state);
    }

    /** Applies the next entry of the log. */
    public Applied apply(LedgerEntry entry) {
        var results = new ArrayList<LedgerResult>(entry.commands().size());
        if (entry.epoch() != state.epoch) {
            var refused = new Refused(ErrorCode.INVALID,
                    "the ledger is in epoch " + state.epoch + ", not in " + entry.epoch());
            entry.commands().forEach(_ -> results.add(refused));
            return state.applied(results);
        }
        state.salt = entry.salt();
        closeDue(entry);
        state.time = Math.max(state.time, entry.time());
        state.wallMillis = entry.wallMillis();
        for (var command : entry.commands()) {
            results.add(apply(command));
        }
        closeDrain();
        state.expire();
        return state.applied(results);
    }

    /** The present state. */
    public LedgerImage image() {
        return state.image();
    }

    /** Logged milliseconds of the first open deadline, {@link Step#NEVER}: none. */
    public long nextDeadline() {
        return state.nextDeadline();
    }

    /** What is due by the entry's time happens first, each at its own time, in the order of deadline and key. */
    private void closeDue(LedgerEntry entry) {
        for (var due = state.firstDeadline(); due != null && due.time() <= entry.time(); due = state.firstDeadline()) {
            state.time = Math.max(state.time, due.time());
            state.wallMillis = entry.wallMillis() - (entry.time() - state.time);
            tasks.due(due);
        }
    }

    private void closeDrain() {
        var drain = state.drain();
        if (drain != null && !drain.drained() && (state.heldSteps() == 0 || state.time >= drain.deadline())) {
            state.drain(new Drain(drain.deadline(), drain.reason(), true));
        }
    }

    private LedgerResult apply(LedgerCommand command) {
        return switch (command) {
            case LedgerCommand.Lead lead -> {
                state.leaseMillis = lead.leaseMillis();
                yield done();
            }
            case LedgerCommand.UpdateTrust update -> {
                if (!update.trust().equals(state.trust())) {
                    state.trust(update.trust());
                }
                yield done();
            }
            case LedgerCommand.DeclareAgents declare -> agents.declare(declare);
            case LedgerCommand.RemoveAgents remove -> agents.remove(remove);
            case LedgerCommand.LoseAgent lose -> agents.lose(lose);
            case LedgerCommand.RegainAgent regain -> agents.regain(regain);
            case LedgerCommand.RestartAgent restart -> agents.restart(restart);
            case LedgerCommand.Submit submit -> tasks.submit(submit);
            case LedgerCommand.Assign assign -> tasks.assign(assign);
            case LedgerCommand.Cancel cancel -> tasks.cancel(cancel.taskUid(), cancel.reason());
            case LedgerCommand.Update update -> tasks.update(update);
            case LedgerCommand.JobReport report -> jobs.report(report);
            case LedgerCommand.DecideSubtask decide -> attempts.flow().decide(decide);
            case LedgerCommand.Sweep sweep -> tasks.sweep(sweep);
            case LedgerCommand.Ack ack -> tasks.ack(ack);
            case LedgerCommand.Settle settle -> clients.settle(settle);
            case LedgerCommand.StepStarted started -> reports.started(started);
            case LedgerCommand.StepProgress progress -> reports.progress(progress);
            case LedgerCommand.StepCheckpoint checkpoint -> reports.checkpoint(checkpoint);
            case LedgerCommand.StepFinished finished -> reports.finished(finished);
            case LedgerCommand.RejectStep reject -> reports.rejected(reject);
            case LedgerCommand.HandBackStep back -> reports.handedBack(back);
            case LedgerCommand.BeginDrain begin -> {
                if (state.drain() == null) {
                    state.drain(new Drain(state.time + begin.millis(), begin.reason(), false));
                }
                yield done();
            }
            case LedgerCommand.SetMembership(var asked) -> {
                var before = state.membership();
                if (before == null || asked.generation() > before.generation()) {
                    state.membership(asked);
                }
                yield done();
            }
            case LedgerCommand.SetTopology(var asked) -> {
                if (asked.generation() > state.arrangement().generation()) {
                    state.arrangement(asked);
                }
                yield done();
            }
            case LedgerCommand.Tick _ -> done();
        };
    }

    private LedgerResult done() {
        return new Done(state.seq());
    }
}
