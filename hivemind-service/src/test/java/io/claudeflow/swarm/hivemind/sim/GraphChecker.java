package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.Step.End.Kind;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.agent.AgentVariables;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of a task's graph of subtasks after each change. */
final class GraphChecker {
    /** A subtask's step that has not been let go on. */
    private static final Set<StepPhase> HELD_BACK = EnumSet.of(StepPhase.BLOCKED, StepPhase.DECIDING,
            StepPhase.QUEUED);

    private GraphChecker() {}

    static void check(@Nullable Task before, Task after) {
        for (var subtask : after.spec().workflow().subtasks()) {
            int busy = 0;
            for (var step : steps(after, subtask)) {
                step(before == null ? null : before.step(step.path()), step, subtask, after);
                busy += HELD_BACK.contains(step.phase()) || step.phase() == StepPhase.FINISHED ? 0 : 1;
            }
            Violation.unless(subtask.parallelism() == 0 || busy <= subtask.parallelism(),
                    "too many items at once of " + subtask.name(), after);
        }
        var root = after.root();
        Violation.unless(root.begun() == 0 || allOver(after, after.spec().workflow().subtasks()),
                "began before its subtasks had ended", after);
        ended(after);
    }

    private static void step(@Nullable Step was, Step now, Subtask subtask, Task after) {
        var end = now.end();
        Violation.unless(now.phase() == StepPhase.FINISHED == (end != null), "ended, and not", after);
        Violation.unless(was == null || was.end() == null || was.equals(now), "a step changed after its end", after);
        if (now.begun() > 0) {
            var needed = needed(after, subtask);
            Violation.unless(allOver(after, needed), "began before what it depends on had ended", after);
            Violation.unless(!Graphs.neverBegins(subtask), "its condition does not hold, and it began", after);
            Violation.unless(needed.stream().allMatch(other -> other.optional() || !failed(after, other)),
                    "began after the failure of what it depends on", after);
        }
        if (end != null && end.kind() == Kind.COMPLETED) {
            Violation.unless(now.stored() > 0 && TaskChecker.mark(after, now).equals(end.result()),
                    "a result of another attempt", after);
        }
    }

    /** The whole ends as its parts say. */
    private static void ended(Task task) {
        var outcome = task.outcome();
        if (outcome == null || task.spec().workflow().none()) {
            return;
        }
        Violation.unless(task.steps().stream().noneMatch(step -> step.phase().held()), "ended, and is held", task);
        boolean failed = task.spec()
                .workflow()
                .subtasks()
                .stream()
                .anyMatch(subtask -> !subtask.optional() && failed(task, subtask));
        if (outcome.phase() == TaskPhase.COMPLETED) {
            Violation.unless(!failed && allOver(task, task.spec().workflow().subtasks()),
                    "completed without its parts", task);
        } else {
            Violation.unless(failed || !"SubtaskFailed".equals(outcome.reason()), "no part has failed", task);
        }
    }

    /** The script of a graph's step is given what those before it have said. */
    static void given(Assign assign, @Nullable Task task) {
        var subtask = task == null ? null : task.spec().workflow().of(assign.getStep().getPath());
        if (task == null || subtask == null) {
            return;
        }
        for (var other : needed(task, subtask)) {
            var given = assign.getEnvironmentMap().get(AgentVariables.result(other.name()));
            for (var step : steps(task, other)) {
                Violation.unless(given != null && given.contains(step.said()),
                        "not given the result of " + step.path() + ": " + given, task);
            }
        }
    }

    private static List<Step> steps(Task task, Subtask subtask) {
        return subtask.paths().stream().map(path -> Objects.requireNonNull(task.step(path))).toList();
    }

    private static List<Subtask> needed(Task task, Subtask subtask) {
        return subtask.dependsOn()
                .stream()
                .map(name -> task.spec().workflow().named(name).orElseThrow())
                .toList();
    }

    private static boolean allOver(Task task, List<Subtask> subtasks) {
        return subtasks.stream().flatMap(one -> steps(task, one).stream()).allMatch(step -> step.end() != null);
    }

    private static boolean failed(Task task, Subtask subtask) {
        return steps(task, subtask).stream().map(Step::end).anyMatch(end -> end != null && end.kind() == Kind.FAILED);
    }
}
