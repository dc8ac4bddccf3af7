package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Done;
import io.claudeflow.swarm.hivemind.ledger.Step.End;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import java.util.ArrayList;
import java.util.List;

/**
 * In which order the subtasks of a task run, and what their ends mean for the task. A subtask may run when everything that it
 * depends on is over; then its condition, if it has one, is worked out by the leader and decided by a command, so that all
 * replicas agree. Last comes the task's own script, if there is one.
 */
final class FlowRules {
    private final LedgerState state;
    private final Attempts attempts;

    FlowRules(LedgerState state, Attempts attempts) {
        this.state = state;
        this.attempts = attempts;
    }

    /** The steps of a new task. */
    static List<Step> steps(Task.About about) {
        var steps = new ArrayList<Step>();
        steps.add(Step.blocked(""));
        about.spec()
                .workflow()
                .subtasks()
                .forEach(subtask -> subtask.paths().forEach(path -> steps.add(Step.blocked(path))));
        return steps;
    }

    LedgerResult decide(LedgerCommand.DecideSubtask command) {
        var task = state.task(command.taskUid());
        var subtask = task == null ? null : task.spec().workflow().named(command.subtask()).orElse(null);
        if (task == null || subtask == null || task.terminal()) {
            return new Done(state.seq());
        }
        var next = task;
        for (var step : new Graph(task).steps(subtask)) {
            if (step.phase() == StepPhase.DECIDING) {
                next = next.with(switch (command.decision()) {
                    case RUN -> step.to(StepPhase.QUEUED, Step.NEVER);
                    case SKIP -> step.ended(new End(End.Kind.SKIPPED, null, false, command.message()));
                    case FAIL -> step.ended(new End(End.Kind.FAILED, null, false, command.message()));
                });
            }
        }
        if (next != task) {
            proceed(next);
        }
        return new Done(state.seq());
    }

    /** Brings a task as far as it goes without anybody's help, and stores it. */
    void proceed(Task task) {
        if (task.wish() != null) {
            attempts.quiet(task);
            return;
        }
        var graph = new Graph(task);
        var failure = graph.failure();
        if (failure.isPresent() && task.spec().workflow().failFast()) {
            attempts.end(task, new Task.Wish(Task.Wish.Kind.SUBTASK_FAILED, failure.get()));
            return;
        }
        var next = released(task);
        if (!new Graph(next).over()) {
            state.put(next);
        } else if (failure.isPresent()) {
            attempts.conclude(next, next.root(), TaskPhase.FAILED, Attempts.Why.of("SubtaskFailed", failure.get()));
        } else if (next.root().phase() != StepPhase.BLOCKED) {
            state.put(next);
        } else if (next.spec().script().isEmpty()) {
            attempts.conclude(next, next.root(), TaskPhase.COMPLETED, new Attempts.Why(null, "completed",
                    Results.gathered(next), false));
        } else {
            state.put(next.with(attempts.ready(next, next.root())));
        }
    }

    /** Every step that nothing holds back goes on; an end may let others go on, so again until nothing moves. */
    private Task released(Task task) {
        var next = task;
        for (boolean moved = true; moved;) {
            moved = false;
            for (var subtask : next.spec().workflow().subtasks()) {
                var after = released(next, subtask);
                moved |= after != next;
                next = after;
            }
        }
        return next;
    }

    private Task released(Task task, Subtask subtask) {
        var graph = new Graph(task);
        var workflow = task.spec().workflow();
        var needed = subtask.dependsOn().stream().map(name -> workflow.named(name).orElseThrow()).toList();
        boolean waits = !needed.stream().allMatch(graph::over);
        var broken = needed.stream().filter(graph::broken).findFirst();
        var next = task;
        for (var step : graph.steps(subtask)) {
            if (step.phase() == StepPhase.BLOCKED && !waits) {
                var blocked = step;
                next = next.with(broken
                        .map(other -> blocked.ended(new End(End.Kind.FAILED, null, false,
                                "it depends on " + other.name() + ", which failed")))
                        .orElseGet(() -> blocked.to(
                                subtask.when() == null ? StepPhase.QUEUED : StepPhase.DECIDING, Step.NEVER)));
            }
        }
        return admitted(next, subtask);
    }

    /** As many items at once as the subtask allows. */
    private Task admitted(Task task, Subtask subtask) {
        var next = task;
        var steps = new Graph(task).steps(subtask);
        long busy = steps.stream().filter(step -> busy(step.phase())).count();
        for (var step : steps) {
            if (step.phase() == StepPhase.QUEUED && (subtask.parallelism() == 0 || busy < subtask.parallelism())) {
                next = next.with(attempts.ready(next, step));
                busy++;
            }
        }
        return next;
    }

    private static boolean busy(StepPhase phase) {
        return switch (phase) {
            case BLOCKED, DECIDING, QUEUED, FINISHED -> false;
            case WAITING, BACKOFF, SUSPENDED, JOB_WANTED, JOB_RUNNING, ASSIGNED, RUNNING, CANCELLING -> true;
        };
    }
}
