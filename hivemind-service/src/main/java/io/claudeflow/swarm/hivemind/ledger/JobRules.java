package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Done;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;

/**
 * What is seen of the Jobs from outside. A Job whose image is ours is spoken for by its agent; here it can only fail or be gone.
 * What comes first, this or the loss of the agent's lease, ends the attempt.
 */
final class JobRules {
    private final LedgerState state;
    private final Attempts attempts;

    JobRules(LedgerState state, Attempts attempts) {
        this.state = state;
        this.attempts = attempts;
    }

    LedgerResult report(LedgerCommand.JobReport report) {
        var key = report.step();
        var task = state.task(key.taskUid());
        var step = task == null ? null : task.step(key.path());
        if (task == null || step == null || !step.phase().underWay() || step.begun() != key.attempt()
                || !task.spec().place().job()) {
            return new Done(state.seq());
        }
        boolean foreign = task.spec().place() == StepPlace.FOREIGN_JOB;
        switch (report.phase()) {
            case STARTED -> {
                if (foreign && step.phase() == StepPhase.JOB_WANTED) {
                    attempts.startedOutside(task, step);
                }
            }
            case SUCCEEDED -> {
                if (foreign) {
                    var said = step.reported(report.exitCode(), state.wall());
                    attempts.completed(task, said, report.message().isEmpty() ? null : report.message(), false);
                }
            }
            case FAILED -> failed(task, step, report);
            case GONE -> attempts.lost(task, step, Attempts.Why.of("PodGone", report.message()), true);
        }
        return new Done(state.seq());
    }

    private void failed(Task task, Step step, LedgerCommand.JobReport report) {
        var reason = report.reason() == null ? "ExitCode" : report.reason();
        var said = report.exitCode() == null ? step : step.reported(report.exitCode(), state.wall());
        if (step.phase() == StepPhase.CANCELLING) {
            attempts.returned(task, said, "HandedBack", report.message());
        } else {
            attempts.failed(task, said, Attempts.Why.of(reason, report.message()));
        }
    }
}
