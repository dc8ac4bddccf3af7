package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Verdict;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Verdict.Kind;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.StepKey;

/** What agents say of the steps that they hold. A report of an attempt that is not theirs any more changes nothing. */
final class ReportRules {
    private static final Verdict STORED = new Verdict(Kind.STORED);

    private final LedgerState state;
    private final Attempts attempts;

    ReportRules(LedgerState state, Attempts attempts) {
        this.state = state;
        this.attempts = attempts;
    }

    LedgerResult started(LedgerCommand.StepStarted report) {
        var present = state.present(report.step(), report.agentUid());
        if (present == null) {
            return late(report.step());
        }
        if (present.step().phase() == StepPhase.ASSIGNED) {
            attempts.start(present.task(), present.step());
        }
        return STORED;
    }

    LedgerResult progress(LedgerCommand.StepProgress report) {
        if (state.present(report.step(), report.agentUid()) == null) {
            return late(report.step());
        }
        begun(report.step(), report.agentUid());
        var present = state.present(report.step(), report.agentUid());
        if (present != null) {
            var progress = new Step.Progress(report.percent(), report.message());
            state.put(present.task().with(present.step().with(progress)));
        }
        return STORED;
    }

    LedgerResult checkpoint(LedgerCommand.StepCheckpoint report) {
        if (state.present(report.step(), report.agentUid()) == null) {
            return late(report.step());
        }
        begun(report.step(), report.agentUid());
        var present = state.present(report.step(), report.agentUid());
        var last = present == null ? null : present.step().checkpoint();
        if (present == null || last != null && last.number() >= report.number()) {
            return new Verdict(Kind.DUPLICATE);
        }
        var saved = save(present.step(), new Step.Checkpoint(report.number(), report.data(), state.wall()));
        state.put(state.note(present.task().with(saved), "Checkpointed", present.holder(), saved.begun(),
                "checkpoint " + report.number() + ", " + report.data()));
        return STORED;
    }

    private Step save(Step step, Step.Checkpoint checkpoint) {
        return step.with(step.work().saved(checkpoint, state.time));
    }

    /** Whoever reports has begun, whether or not it was logged. */
    private void begun(StepKey key, String agentUid) {
        var present = state.present(key, agentUid);
        if (present != null && present.step().phase() == StepPhase.ASSIGNED) {
            attempts.start(present.task(), present.step());
        }
    }

    LedgerResult finished(LedgerCommand.StepFinished report) {
        var present = state.present(report.step(), report.agentUid());
        if (present == null) {
            return late(report.step());
        }
        var task = present.task();
        var step = present.step()
                .reported(report.exitCode(), state.wall().minusMillis(Math.max(0, report.durationMillis())));
        var value = report.value().isEmpty() ? null : report.value();
        if (task.wish() != null) {
            attempts.fulfilled(task, step, value, report.truncated());
            return STORED;
        }
        if (step.phase() == StepPhase.CANCELLING && report.ending() != LedgerCommand.Ending.SUCCEEDED) {
            attempts.returned(task, step, "HandedBack", "stopped, because the task is suspended");
            return STORED;
        }
        var said = report.message().isEmpty() ? "" : ": " + report.message();
        switch (report.ending()) {
            case SUCCEEDED -> attempts.completed(task, step, value, report.truncated());
            case FAILED -> attempts.failed(task, step, new Attempts.Why("ExitCode",
                    "ended with exit code " + report.exitCode() + said, value, report.truncated()));
            case TIMED_OUT -> attempts.failed(task, step, new Attempts.Why("TimedOut",
                    report.message().isEmpty() ? "ran longer than its timeout" : report.message(), value,
                    report.truncated()));
            case NOT_STARTED -> attempts.failed(task, step,
                    new Attempts.Why("NotStarted", "could not be started" + said, value, report.truncated()));
            // Nobody asked for it: the agent was told by someone else than the ledger, for example its own end.
            case CANCELLED -> attempts.lost(task, step, Attempts.Why.of("AgentLost", "ended by its agent" + said),
                    true);
        }
        return STORED;
    }

    LedgerResult rejected(LedgerCommand.RejectStep report) {
        var present = state.present(report.step(), report.agentUid());
        if (present == null) {
            return late(report.step());
        }
        attempts.rejected(present.task(), present.step(), "not taken: " + report.reason());
        return STORED;
    }

    LedgerResult handedBack(LedgerCommand.HandBackStep report) {
        var present = state.present(report.step(), report.agentUid());
        if (present == null) {
            return late(report.step());
        }
        var step = present.step();
        if (present.task().spec().retries().onLost() == OnLost.NEVER) {
            // It has begun: given to another agent it would run twice.
            attempts.lost(present.task(), step, Attempts.Why.of("AgentLost",
                    "its agent ended, and gave it back after it had begun"), false);
            return STORED;
        }
        var checkpoint = report.checkpoint();
        if (checkpoint != null) {
            long number = step.checkpoint() == null ? 1 : step.checkpoint().number() + 1;
            step = save(step, new Step.Checkpoint(number, checkpoint, state.wall()));
        }
        attempts.returned(present.task(), step, "HandedBack", "given back by an agent that ends");
        return STORED;
    }

    private Verdict late(StepKey key) {
        var task = state.task(key.taskUid());
        var step = task == null ? null : task.step(key.path());
        boolean stored = step != null && key.attempt() > 0 && step.stored() == key.attempt();
        return new Verdict(stored ? Kind.DUPLICATE : Kind.FENCED);
    }
}
