package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import org.jspecify.annotations.Nullable;

/** Trouble that shows in the ledger, at the first replica that applies it. */
final class LedgerFaults {
    private LedgerFaults() {}

    static void count(@Nullable Task before, Task after, Tally tally) {
        if (before == null) {
            return;
        }
        if (!before.suspended() && after.suspended()
                && after.steps().stream().anyMatch(step -> step.phase() == StepPhase.CANCELLING)) {
            tally.count(Fault.SUSPENDED_WHILE_HELD);
        }
        var wish = after.wish();
        if (before.wish() == null && wish != null && wish.kind() == Task.Wish.Kind.DEADLINE) {
            tally.count(Fault.DEADLINE);
        }
        var outcome = after.outcome();
        if (outcome != null && "SubtaskFailed".equals(outcome.reason())) {
            tally.count(Fault.SUBTASK_FAILED);
        }
        for (var step : after.steps()) {
            var was = before.step(step.path());
            if (was != null && was.phase() != step.phase()) {
                moved(was, step, after, tally);
            }
        }
    }

    private static void moved(Step was, Step now, Task after, Tally tally) {
        var said = after.transitions().getLast().message();
        switch (was.phase()) {
            case WAITING -> {
                if (now.phase() == StepPhase.FINISHED && said.contains("queue timeout")) {
                    tally.count(Fault.QUEUE_TIMEOUT);
                }
            }
            case ASSIGNED -> {
                if (said.contains("did not begin")) {
                    tally.count(Fault.START_TIMEOUT);
                }
            }
            default -> {
                // Nothing of these is in time or late.
            }
        }
    }
}
