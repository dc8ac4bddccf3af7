package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.Graph;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand.DecideSubtask;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand.DecideSubtask.Decision;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.port.Conditions;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works out whether a subtask's condition holds once its turn has come; the log makes the answer the one that counts. */
final class SubtaskDesk {
    private final Log log;
    private final Conditions conditions;

    SubtaskDesk(Log log, Conditions conditions) {
        this.log = log;
        this.conditions = conditions;
    }

    /** A task's state has changed; null: it was not there, or is not any more. */
    void changed(@Nullable Task before, @Nullable Task after) {
        if (after == null || after.spec().workflow().none()) {
            return;
        }
        for (var subtask : after.spec().workflow().subtasks()) {
            var when = subtask.when();
            if (when != null && deciding(after, subtask) && (before == null || !deciding(before, subtask))) {
                decide(after, subtask, when);
            }
        }
    }

    private static boolean deciding(Task task, Subtask subtask) {
        var first = task.step(subtask.paths().getFirst());
        return first != null && first.phase() == StepPhase.DECIDING;
    }

    private void decide(Task task, Subtask subtask, String when) {
        conditions.holds(when, ended(task), task.spec().parameters()).onComplete(answer -> {
            boolean holds = answer.succeeded() && Boolean.TRUE.equals(answer.result());
            var decision = answer.failed() ? Decision.FAIL : holds ? Decision.RUN : Decision.SKIP;
            var message = answer.failed()
                    ? String.valueOf(answer.cause().getMessage())
                    : holds ? "its condition holds" : "its condition does not hold: " + when;
            log.insist(new DecideSubtask(task.uid(), subtask.name(), decision, message));
        });
    }

    private static Map<String, Conditions.Ended> ended(Task task) {
        var graph = new Graph(task);
        var ended = new HashMap<String, Conditions.Ended>();
        for (var subtask : task.spec().workflow().subtasks()) {
            if (graph.over(subtask)) {
                var said = graph.steps(subtask).stream().map(Step::said).toList();
                ended.put(subtask.name(), new Conditions.Ended(graph.phaseOf(subtask),
                        subtask.items().isEmpty() ? said.getFirst() : "",
                        subtask.items().isEmpty() ? List.of() : said));
            }
        }
        return ended;
    }
}
