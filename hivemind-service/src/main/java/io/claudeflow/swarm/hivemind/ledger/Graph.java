package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.hivemind.ledger.Step.End;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import io.claudeflow.swarm.mesh.hivemind.SubtaskState;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be read off a task's graph of subtasks. Pure. */
public final class Graph {
    private final Task task;

    public Graph(Task task) {
        this.task = task;
    }

    /** The steps of a subtask, in the order of its items. */
    public List<Step> steps(Subtask subtask) {
        return subtask.paths().stream().map(path -> Objects.requireNonNull(task.step(path))).toList();
    }

    /** The subtasks that a step is given the results of: those it depends on; the task itself: all. */
    public List<Subtask> inputs(String path) {
        var workflow = task.spec().workflow();
        var subtask = workflow.of(path);
        return subtask == null ? workflow.subtasks() : workflow.before(subtask);
    }

    /** Whether all of a subtask's steps have ended. */
    public boolean over(Subtask subtask) {
        return steps(subtask).stream().allMatch(step -> step.phase() == StepPhase.FINISHED);
    }

    boolean over() {
        return task.spec().workflow().subtasks().stream().allMatch(this::over);
    }

    /** Whether what depends on a subtask that is over must not run. */
    boolean broken(Subtask subtask) {
        return !subtask.optional() && steps(subtask).stream().anyMatch(step -> ended(step, End.Kind.FAILED));
    }

    /** The first failure that matters, as a sentence. */
    Optional<String> failure() {
        for (var subtask : task.spec().workflow().subtasks()) {
            for (var step : subtask.optional() ? List.<Step>of() : steps(subtask)) {
                var end = step.end();
                if (end != null && end.kind() == End.Kind.FAILED) {
                    return Optional.of("subtask " + shown(step) + " failed: " + end.message());
                }
            }
        }
        return Optional.empty();
    }

    /** A step as people know it: the subtask's name, with the item where there is one. */
    String shown(Step step) {
        var workflow = task.spec().workflow();
        var subtask = workflow.of(step.path());
        var item = workflow.item(step.path());
        return subtask == null ? "" : item == null ? subtask.name() : subtask.name() + " (" + item + ")";
    }

    List<SubtaskState> states() {
        return task.spec().workflow().subtasks().stream().map(this::state).toList();
    }

    private SubtaskState state(Subtask subtask) {
        var steps = steps(subtask);
        var agents = steps.stream()
                .map(Step::assignment)
                .filter(Objects::nonNull)
                .map(Assignment::agentName)
                .distinct();
        var message = steps.stream()
                .map(Step::end)
                .filter(end -> end != null && end.kind() != End.Kind.COMPLETED)
                .map(end -> Objects.requireNonNull(end).message())
                .reduce((_, last) -> last)
                .orElse(null);
        int done = (int) steps.stream().filter(step -> step.phase() == StepPhase.FINISHED).count();
        return new SubtaskState(subtask.name(), phase(steps), done, steps.size(), agents.toList(), message);
    }

    /** A subtask's phase as people write it: {@code Completed}, {@code Skipped}, {@code Failed} and so on. */
    public String phaseOf(Subtask subtask) {
        return phase(steps(subtask)).word();
    }

    private static SubtaskState.Phase phase(List<Step> steps) {
        if (steps.stream().anyMatch(step -> step.phase().running())) {
            return SubtaskState.Phase.RUNNING;
        }
        if (steps.stream().allMatch(step -> step.phase() == StepPhase.FINISHED)) {
            return end(steps);
        }
        boolean blocked = steps.stream().allMatch(step -> step.phase() == StepPhase.BLOCKED);
        boolean begun = steps.stream().anyMatch(step -> step.phase() == StepPhase.FINISHED);
        return blocked ? SubtaskState.Phase.BLOCKED : begun ? SubtaskState.Phase.RUNNING : SubtaskState.Phase.PENDING;
    }

    private static SubtaskState.Phase end(List<Step> steps) {
        if (steps.stream().anyMatch(step -> ended(step, End.Kind.FAILED))) {
            return SubtaskState.Phase.FAILED;
        }
        if (steps.stream().anyMatch(step -> ended(step, End.Kind.CANCELLED))) {
            return SubtaskState.Phase.CANCELLED;
        }
        return steps.stream().allMatch(step -> ended(step, End.Kind.SKIPPED))
                ? SubtaskState.Phase.SKIPPED
                : SubtaskState.Phase.COMPLETED;
    }

    private static boolean ended(Step step, End.Kind kind) {
        var end = step.end();
        return end != null && end.kind() == kind;
    }

    /** The names of a cycle in the order of dependence, the first one again at the end; null: there is none. */
    static @Nullable String cycle(Workflow workflow) {
        var safe = new HashSet<String>();
        for (var subtask : workflow.subtasks()) {
            var way = cycle(workflow, subtask, new ArrayList<>(), safe);
            if (way != null) {
                return String.join(" -> ", way);
            }
        }
        return null;
    }

    private static @Nullable List<String> cycle(Workflow workflow, Subtask at, List<String> way, Set<String> safe) {
        int begun = way.indexOf(at.name());
        way.add(at.name());
        if (begun >= 0) {
            return way.subList(begun, way.size());
        }
        if (!safe.contains(at.name())) {
            for (var name : at.dependsOn()) {
                var next = workflow.named(name).orElse(null);
                var found = next == null ? null : cycle(workflow, next, way, safe);
                if (found != null) {
                    return found;
                }
            }
            safe.add(at.name());
        }
        way.removeLast();
        return null;
    }
}
